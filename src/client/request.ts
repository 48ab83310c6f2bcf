/** A request that remembers what it was made of: each attempt sends that again, without a clone of the request. */
export interface MadeRequest extends Request {
  readonly made?: RequestInit;
}

/** The request of a call that nobody else sees. A real Request would cost a fifth of the call. */
export class PlainRequest {
  readonly method: unknown;
  readonly headers: unknown;
  /** The body alone: all else is the same in each such request. */
  readonly made: { readonly body: unknown };

  constructor(
    readonly url: string,
    { method, headers, body }: RequestInit,
  ) {
    this.method = method;
    this.headers = headers;
    this.made = { body };
  }
}

/** The class of the requests that others may see: they are real ones. */
export function realRequest() {
  function RealRequest(url: string, made: RequestInit): MadeRequest {
    // The signal would get a listener that only garbage collection removes.
    return Object.assign(new Request(url, { ...made, signal: null }), { made });
  }
  // A middleware's own Request is one of the class too.
  RealRequest.prototype = Request.prototype;
  return RealRequest;
}
