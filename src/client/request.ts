const inits = new WeakMap<Request, RequestInit>();

/**
 * What openapi-fetch is given as its `Request`: it makes real ones and remembers what they were made of, so that each
 * attempt can send the body again without cloning the request.
 */
export class RecordedRequest {
  constructor(url: string, init: RequestInit) {
    const request = new Request(url, init);
    inits.set(request, init);
    // biome-ignore lint/correctness/noConstructorReturn: this is the point: what leaves here is a plain Request.
    return request;
  }

  /** openapi-fetch asks this of what a middleware gives back. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Request;
  }
}

/** What a request was made of; undefined for one that a middleware made. */
export function initOf(request: Request): RequestInit | undefined {
  return inits.get(request);
}
