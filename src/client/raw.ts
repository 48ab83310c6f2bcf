import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import type { Call } from './call.js';
import { type Checked, check, checkBody, refuseInput } from './checks.js';
import type { CallOptions, Fetch } from './options.js';
import type { Result } from './reply.js';
import { PlainRequest, realRequest } from './request.js';
import { pathParameters } from './rules.js';
import type { Settings } from './settings.js';
import type { Transport } from './transport.js';

/** The typed openapi-fetch client, with this client's key, checks, retries, limits and timeouts. */
export type RawClient = Client<paths>;

/** What openapi-fetch takes beside the path; openapi-fetch types it for each operation. */
interface Init extends Pick<CallOptions, 'headers'> {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined; readonly header?: unknown };
  readonly body?: unknown;
  readonly parseAs?: string;
  readonly bodySerializer?: unknown;
}

/** What a call takes beside what openapi-fetch needs to know. */
interface Options extends Omit<CallOptions, 'headers'> {
  readonly fetch?: Fetch | undefined;
}

/** What callers of `raw` give. */
interface RawInit extends Init, CallOptions {
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Takes what a caller wants out of a result. */
type Read<Data> = (result: Result, call: Call) => Data;

/** Makes one call. It keeps `init`, and adds to it. Without `read` the whole result is given, with a real Response. */
interface Send {
  <Data>(operationId: OperationId, init: Init, options: Options, read: Read<Data>): Promise<Data>;
  (operationId: OperationId, init: Init, options: Options): Promise<Result>;
}

/** Checks what a call may leave out. What the client was made with is checked already. */
const checkGiven = (name: Checked, value: unknown) => value !== undefined && check(name, value, refuseInput);

/** Makes the openapi-fetch client, and the function through which all of its methods go. */
export function createRaw(settings: Settings, transport: Transport): { raw: RawClient; send: Send } {
  const client = createClient<paths>({
    baseUrl: settings.baseUrl,
    headers: settings.headers,
  });
  let hasMiddleware = false;

  const send: Send = async <Data>(operationId: OperationId, init: Init, options: Options, read?: Read<Data>) => {
    const { method, path, data } = operations[operationId];
    const { signal, fetch = settings.fetch, timeoutMs, maxRetries } = options;
    const { headers, params } = init;
    checkGiven('signal', signal);
    checkGiven('headers', headers);
    checkGiven('headers', params?.header);
    checkGiven('timeoutMs', timeoutMs);
    checkGiven('maxRetries', maxRetries);
    let filled: string = path;
    for (const name of pathParameters) {
      const place = `{${name}}`;
      if (!path.includes(place)) continue;
      const value = params?.path?.[name];
      check(name, value, refuseInput);
      filled = filled.replace(place, value as string);
    }
    const call: Call = {
      operationId,
      method,
      data,
      signal,
      fetch,
      timeoutMs: timeoutMs ?? settings.timeoutMs,
      maxRetries: maxRetries ?? settings.maxRetries,
      observed: !read || hasMiddleware,
      attempts: 0,
      url: settings.baseUrl + filled,
    };
    const request = client[method] as unknown as (path: string, init: object) => Promise<Result>;
    // A middleware sees the path as the contract has it, with its parameters. openapi-fetch takes longer to fill it in.
    const own = {
      fetch: (request: Request) => transport(request, call),
      Request: call.observed ? realRequest() : PlainRequest,
      params: call.observed ? params : undefined,
    };
    let result: Result;
    try {
      result = await request(call.observed ? path : filled, Object.assign(init, own));
    } catch (error) {
      // openapi-fetch takes a reason that is falsy for no error at all.
      signal?.throwIfAborted();
      throw error;
    }
    return read ? read(result, call) : result;
  };

  const request = async (method: string, path: string, given?: RawInit | null) => {
    const init = given ?? {};
    const isAsked = (id: OperationId) => operations[id].path === path && operations[id].method === method.toUpperCase();
    const operationId = operationIds.find(isAsked) ?? refuseInput('path', 'is not in the contract with this method');
    const { fetch, body, bodySerializer } = init;
    if (!bodySerializer) checkBody(operationId, body, 'body');
    // As openapi-fetch has it: a call's own fetch gets a Request.
    const own = fetch && ((url: string, sent: RequestInit) => fetch(new Request(url, sent)));
    return send(operationId, { ...init }, { ...init, fetch: own });
  };
  const use: RawClient['use'] = (...middleware) => {
    hasMiddleware = true;
    client.use(...middleware);
  };
  const raw: RawClient = { ...client, use, request: request as RawClient['request'] };
  for (const method of Object.keys(client)) {
    if (method === method.toUpperCase())
      (raw as unknown as Record<string, unknown>)[method] = request.bind(null, method);
  }
  return { raw, send };
}

const operationIds = Object.keys(operations) as OperationId[];
