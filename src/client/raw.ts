import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import type { Call } from './call.js';
import { type Checked, check, type Refuse } from './checks.js';
import { DixaInputError } from './errors.js';
import { checkField } from './input.js';
import type { CallOptions, Fetch } from './options.js';
import { requestClass } from './request.js';
import type { Settings } from './settings.js';
import type { Transport } from './transport.js';

/** The typed openapi-fetch client, with this client's key, checks, retries, limits and timeouts. */
export type RawClient = Client<paths>;

/** What openapi-fetch takes beside the path; openapi-fetch types it for each operation. */
interface Init extends CallOptions {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined; readonly header?: unknown };
  readonly body?: unknown;
  readonly fetch?: Fetch | undefined;
  readonly parseAs?: string;
  readonly middleware?: unknown;
}

/** What callers of `raw` give. */
interface RawInit extends Omit<Init, 'fetch'> {
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Makes one call and gives its result with what happened on the way. */
type Send = (operationId: OperationId, init: Init) => Promise<{ result: Result; call: Call }>;

const refuseInput: Refuse = (field, rule) => {
  throw new DixaInputError(field, rule);
};

/** Makes the openapi-fetch client, and the function through which all of its methods go. */
export function createRaw(settings: Settings, transport: Transport): { raw: RawClient; send: Send } {
  const client = createClient<paths>({
    baseUrl: settings.baseUrl,
    headers: settings.headers,
    bodySerializer: (body) => JSON.stringify(body, checkField),
  });
  let hasMiddleware = false;

  const send: Send = async (operationId, init) => {
    const operation = operations[operationId];
    const { method, path } = operation;
    const { signal, fetch = settings.fetch, headers, parseAs = 'json', params } = init;
    const { timeoutMs = settings.timeoutMs, maxRetries = settings.maxRetries } = init;
    check({ headers, timeoutMs, maxRetries }, refuseInput);
    check({ headers: params?.header }, refuseInput);
    for (const name of path.match(/\w+(?=})/g) ?? []) {
      check({ [name as Checked]: params?.path?.[name as Checked] }, refuseInput);
    }
    const call: Call = {
      operationId,
      ...operation,
      signal,
      fetch,
      timeoutMs,
      maxRetries,
      observed: hasMiddleware || Boolean(init.middleware) || !/^(json|text)$/.test(parseAs),
      attempts: 0,
      url: settings.baseUrl + path,
    };
    const request = client[method] as unknown as (path: string, init: object) => Promise<Result>;
    const own = {
      // It stays out of the Request, which would add a listener to it that only garbage collection removes.
      signal: undefined,
      Request: requestClass(call),
      fetch: (request: Request) => transport(request, call),
    };
    // Spreading `init` and adding to it takes V8 microseconds, a tenth of the call.
    const result = await request(path, Object.assign({}, init, own)).catch((error) => {
      // openapi-fetch takes a reason that is falsy for no error at all.
      signal?.throwIfAborted();
      throw error;
    });
    return { result, call };
  };

  const request = async (method: string, path: string, init: RawInit = {}) => {
    const isAsked = (id: OperationId) => operations[id].path === path && operations[id].method === method.toUpperCase();
    const operationId = operationIds.find(isAsked) ?? refuseInput('path', 'is not in the contract with this method');
    const { fetch } = init;
    // As openapi-fetch has it: a call's own fetch gets a Request.
    const own = fetch && ((url: string, sent: RequestInit) => fetch(new Request(url, sent)));
    return (await send(operationId, { ...init, fetch: own })).result;
  };
  const use: RawClient['use'] = (...middleware) => {
    hasMiddleware = true;
    client.use(...middleware);
  };
  const raw: RawClient = { ...client, use, request: request as RawClient['request'] };
  for (const method of Object.keys(client)) {
    if (method === method.toUpperCase()) Object.assign(raw, { [method]: request.bind(null, method) });
  }
  return { raw, send };
}

const operationIds = Object.keys(operations) as OperationId[];
