import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import { type Head, isSuccess } from './attempt.js';
import { type Checked, check, checkBody, refuseInput } from './checks.js';
import type { CallOptions, Fetch } from './options.js';
import { type Call, type Exchange, type Outgoing, parseBody, type Result, type Sent } from './reply.js';
import { pathParameters } from './rules.js';
import type { Settings } from './settings.js';
import { errorOfTime, type Transport } from './transport.js';
import type { RawClient } from './types.js';
import { untilStopped } from './wait.js';

/** What openapi-fetch takes besides the path. */
interface Init {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined; readonly header?: unknown };
  readonly headers?: CallOptions['headers'];
  readonly body?: unknown;
  readonly bodySerializer?: (body: unknown) => BodyInit;
  readonly parseAs?: string;
}

/** What callers of `raw` pass. */
interface RawInit extends Init, CallOptions {
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Takes what a method returns out of a result. */
type Read<Data> = (result: Result, call: Call, sent: Sent) => Data;

/** Makes one call. Without `read` it resolves with the result itself, whose response is a real one. */
interface Send {
  <Data>(operationId: OperationId, init: Init, options: CallOptions, read: Read<Data>): Promise<Data>;
  (operationId: OperationId, init: RawInit, options: CallOptions): Promise<Result>;
}

/** Checks what a call may leave out. What the client was made with is checked already. */
const checkGiven = (name: Checked, value: unknown) => value !== undefined && check(name, value, refuseInput);

const operationIds = Object.keys(operations) as OperationId[];

/** Makes the openapi-fetch client, and the function through which all of its calls go. */
export function createRaw(settings: Settings, transport: Transport): { raw: RawClient; send: Send } {
  const { baseUrl, headers, totalTimeoutMs } = settings;
  const client = createClient<paths>({ baseUrl, headers });
  const request = client.request as unknown as (method: string, path: string, init: object) => Promise<Result>;
  let hasMiddleware = false;

  const send = async <Data>(operationId: OperationId, init: RawInit, options: CallOptions, read?: Read<Data>) => {
    const { method, path, data } = operations[operationId];
    const { signal, timeoutMs, maxRetries } = options;
    checkGiven('signal', signal);
    checkGiven('headers', init.headers);
    checkGiven('headers', init.params?.header);
    checkGiven('timeoutMs', timeoutMs);
    checkGiven('maxRetries', maxRetries);
    for (const name of pathParameters)
      if (path.includes(`{${name}}`)) check(name, init.params?.path?.[name], refuseInput);

    const { bodySerializer = JSON.stringify } = init;
    const body = init.body === undefined ? undefined : bodySerializer(init.body);
    const isObserved = !read || hasMiddleware;
    const deadline = performance.now() + totalTimeoutMs;
    const callUntil = (stop?: AbortSignal): Call => ({
      operationId,
      method,
      path,
      data,
      timeoutMs: timeoutMs ?? settings.timeoutMs,
      totalTimeoutMs,
      maxRetries: maxRetries ?? settings.maxRetries,
      deadline,
      fetch: init.fetch ? withRequest(init.fetch) : settings.fetch,
      init: read ? undefined : (init as RequestInit),
      stop,
    });
    let sent: Sent = { url: baseUrl + path, attempts: 0 };
    let sending: Promise<Exchange> | undefined;

    const start = async (stop?: AbortSignal) => {
      const call = callUntil(stop);
      // Before openapi-fetch makes its objects, so that a call that waits takes a third of the memory. A middleware may
      // take its time, which must not come between the turn of a request and its leaving.
      const hasTurn = !isObserved && (await transport.waitForTurn(call));
      const fetch = async (request: Request | Outgoing) => {
        const outgoing = request instanceof PlainRequest ? request : await copyOf(request as Request, body);
        sending = transport.send(outgoing, call, hasTurn);
        const exchange = await sending;
        const { response, text } = exchange;
        sent = exchange.sent;
        if (!isObserved) return plainResponse(response, text);
        // Before openapi-fetch parses it: its error would quote the response.
        if (isSuccess(response.status)) parseBody(text, response.status, call, sent);
        return realResponse(response, text);
      };
      const { params, headers, parseAs } = init;
      const Request = isObserved ? undefined : PlainRequest;
      const own = { params, headers, parseAs, Request, fetch, body, bodySerializer: asItIs };
      const result = await request(method, path, read ? own : { ...init, ...own, signal: undefined }).catch(
        async (error) => {
          await sending?.catch((falsy) => {
            if (!falsy) throw falsy; // openapi-fetch takes it for no error.
          });
          throw error;
        },
      );
      return read ? read(result, call, sent) : (result as Data);
    };
    return untilStopped(signal, totalTimeoutMs, start, async () => {
      if (sending) ({ sent } = await sending); // Or rejects: the transport knows what was sent.
      throw errorOfTime(totalTimeoutMs, sending ? 'unknown' : 'not-sent', callUntil(), sent);
    });
  };

  const method = (method: string) => async (path: string, given?: RawInit | null) => {
    const init = given ?? {};
    const isAsked = (id: OperationId) => operations[id].path === path && operations[id].method === method;
    const operationId = operationIds.find(isAsked) ?? refuseInput('path', 'is not in the contract with this method');
    if (!init.bodySerializer) checkBody(operationId, init.body, 'body');
    return send(operationId, init, init);
  };
  const raw = {
    GET: method('GET'),
    POST: method('POST'),
    PATCH: method('PATCH'),
    DELETE: method('DELETE'),
    use(...middleware: Middleware[]) {
      hasMiddleware = true;
      client.use(...middleware);
    },
    eject: client.eject,
  };
  return { raw: raw as unknown as RawClient, send };
}

const asItIs = (body: unknown) => body;

/** As openapi-fetch has it, the `fetch` of one call gets a Request. */
function withRequest(fetch: (request: Request) => Promise<Response>): Fetch {
  return (url, init) => fetch(new Request(url, init));
}

/**
 * The request of a method that no middleware sees. A real one would make the call 1.6 times as slow, and only its
 * address, method, headers and body are needed.
 */
class PlainRequest implements Outgoing {
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null | undefined;

  constructor(
    readonly url: string,
    init: RequestInit,
  ) {
    this.method = init.method as string;
    this.headers = init.headers as Headers;
    this.body = init.body;
  }
}

/** Middleware keeps its request, must not see the key, and may have read the body. */
async function copyOf(request: Request, body: BodyInit | undefined): Promise<Outgoing> {
  const { url, method, headers } = request;
  return {
    url,
    method,
    headers: new Headers(headers),
    body: request.bodyUsed ? body : (await request.text()) || undefined,
  };
}

/** What openapi-fetch needs of a response. A real one would cost half a call. */
function plainResponse({ status, headers }: Head, body: string): Response {
  return { ok: isSuccess(status), status, headers, text: async () => body } as Response;
}

/** Middleware and callers of `raw` may clone it and read its stream. */
function realResponse(response: Head, body: string): Response {
  try {
    const real = new Response(body || null, response);
    if (!body) real.headers.delete('content-length'); // For openapi-fetch it would mean that there is JSON.
    return Object.defineProperty(real, 'url', { value: response.url });
  } catch {
    // Some servers send what no Response can be made with: a status of 999, a reason in Cyrillic.
    return Object.assign(plainResponse(response, body), { json: async () => JSON.parse(body) });
  }
}
