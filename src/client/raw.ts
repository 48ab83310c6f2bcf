import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import { type Head, isSuccess } from './attempt.js';
import { type Checked, check, checkBody, refuseInput } from './checks.js';
import type { CallOptions, Fetch } from './options.js';
import { type Call, type Exchange, type Outgoing, parseBody, type Result, type Sent } from './reply.js';
import { pathParameters } from './rules.js';
import type { Settings } from './settings.js';
import { type Transport, timeoutError } from './transport.js';
import type { RawClient } from './types.js';
import { untilStopped } from './wait.js';

/** The arguments of openapi-fetch, except the path. */
interface Init {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined; readonly header?: unknown };
  readonly headers?: CallOptions['headers'];
  readonly body?: unknown;
  readonly bodySerializer?: (body: unknown) => BodyInit;
  readonly parseAs?: string;
}

/** The options that callers of `raw` pass. */
interface RawInit extends Init, CallOptions {
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Turns a result into the return value of a method. */
type Read<Data> = (result: Result, call: Call, sent: Sent) => Data;

/** Makes one call. Without `read` it resolves with the result itself, which then has a real `Response`. */
interface Send {
  <Data>(operationId: OperationId, init: Init, options: CallOptions, read: Read<Data>): Promise<Data>;
  (operationId: OperationId, init: RawInit, options: CallOptions): Promise<Result>;
}

/** Checks an optional argument. The options of the client were checked when it was created. */
const checkIfSet = (name: Checked, value: unknown) => value !== undefined && check(name, value, refuseInput);

const operationIds = Object.keys(operations) as OperationId[];

/** Creates the openapi-fetch client, and the function that makes all of its calls. */
export function createRaw(settings: Settings, transport: Transport): { raw: RawClient; send: Send } {
  const { baseUrl, headers, totalTimeoutMs } = settings;
  const client = createClient<paths>({ baseUrl, headers });
  const request = client.request as unknown as (method: string, path: string, init: object) => Promise<Result>;
  let hasMiddleware = false;

  const send = async <Data>(operationId: OperationId, init: RawInit, options: CallOptions, read?: Read<Data>) => {
    const { method, path, data } = operations[operationId];
    const { signal, timeoutMs, maxRetries } = options;
    checkIfSet('signal', signal);
    checkIfSet('headers', init.headers);
    checkIfSet('headers', init.params?.header);
    checkIfSet('timeoutMs', timeoutMs);
    checkIfSet('maxRetries', maxRetries);
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
      // Wait before openapi-fetch creates its objects: a waiting call then takes a third of the memory. With middleware,
      // wait afterwards, because it may be slow and a permit must be used right away.
      const hasPermit = !isObserved && (await transport.waitForPermit(call));
      const fetch = async (request: Request | Outgoing) => {
        const outgoing = request instanceof PlainRequest ? request : await copyOf(request as Request, body);
        sending = transport.send(outgoing, call, hasPermit);
        const exchange = await sending;
        const { response, text } = exchange;
        sent = exchange.sent;
        if (!isObserved) return plainResponse(response, text);
        // Parsed here first, because the error of openapi-fetch would quote the response.
        if (isSuccess(response.status)) parseBody(text, response.status, call, sent);
        return realResponse(response, text);
      };
      const { params, headers, parseAs } = init;
      const Request = isObserved ? undefined : PlainRequest;
      const own = { params, headers, parseAs, Request, fetch, body, bodySerializer: identity };
      const result = await request(method, path, read ? own : { ...init, ...own, signal: undefined }).catch(
        async (error) => {
          await sending?.catch((falsy) => {
            if (!falsy) throw falsy; // openapi-fetch does not treat it as an error.
          });
          throw error;
        },
      );
      return read ? read(result, call, sent) : (result as Data);
    };
    return untilStopped(signal, totalTimeoutMs, start, async () => {
      if (sending) ({ sent } = await sending); // If it rejects, its error says what was sent.
      throw timeoutError(totalTimeoutMs, sending ? 'unknown' : 'not-sent', callUntil(), sent);
    });
  };

  const method = (method: string) => async (path: string, given?: RawInit | null) => {
    const init = given ?? {};
    const matches = (id: OperationId) => operations[id].path === path && operations[id].method === method;
    const operationId = operationIds.find(matches) ?? refuseInput('path', 'is not in the contract with this method');
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

const identity = (body: unknown) => body;

/** As in openapi-fetch, a `fetch` passed to one call receives a Request. */
function withRequest(fetch: (request: Request) => Promise<Response>): Fetch {
  return (url, init) => fetch(new Request(url, init));
}

/**
 * The request of a method if no middleware is registered. A real `Request` would make the call 1.6 times as slow, and only
 * its URL, method, headers and body are needed.
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

/** Copies a request of middleware, which may keep the original, must not see the key, and may have read the body. */
async function copyOf(request: Request, body: BodyInit | undefined): Promise<Outgoing> {
  const { url, method, headers } = request;
  return {
    url,
    method,
    headers: new Headers(headers),
    body: request.bodyUsed ? body : (await request.text()) || undefined,
  };
}

/** The parts of a response that openapi-fetch needs. A real `Response` would cost as much as half a call. */
function plainResponse({ status, headers }: Head, body: string): Response {
  return { ok: isSuccess(status), status, headers, text: async () => body } as Response;
}

/** A real `Response`: middleware and callers of `raw` may clone it and read its stream. */
function realResponse(response: Head, body: string): Response {
  try {
    const real = new Response(body || null, response);
    if (!body) real.headers.delete('content-length'); // Otherwise openapi-fetch would expect JSON.
    return Object.defineProperty(real, 'url', { value: response.url });
  } catch {
    // Some servers send values that `Response` refuses: a status of 999, a status text in Cyrillic.
    return Object.assign(plainResponse(response, body), { json: async () => JSON.parse(body) });
  }
}
