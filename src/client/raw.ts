import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import type { Call } from './call.js';
import { DixaInputError } from './errors.js';
import { checkBody, checkPath } from './input.js';
import type { CallOptions, Fetch } from './options.js';
import { RecordedRequest } from './request.js';
import { resolveCall, type Settings } from './settings.js';
import type { Transport } from './transport.js';

/** The typed openapi-fetch client, with this client's key, checks, retries, limits and timeouts. */
export type RawClient = Client<paths>;

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'] as const;
type Method = (typeof methods)[number];

/** What openapi-fetch takes beside the path; openapi-fetch types it for each operation. */
interface Init extends CallOptions {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>> | undefined };
  readonly body?: unknown;
  readonly fetch?: Fetch;
  readonly parseAs?: 'json' | 'stream';
}

interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Makes one call and gives its result with what happened on the way. */
export type Send = (method: string, path: string, init?: Init) => Promise<{ result: Result; call: Call }>;

/** Makes the openapi-fetch client, and the function through which all of its methods go. */
export function createRaw(settings: Settings, transport: Transport): { raw: RawClient; send: Send } {
  const client = createClient<paths>({
    baseUrl: settings.baseUrl,
    headers: settings.headers,
    Request: RecordedRequest as unknown as typeof Request,
  });

  const send: Send = async (method, path, init = {}) => {
    const operationId = operationOf(method, path);
    checkPath(operationId, init.params?.path);
    checkBody(init.body);
    // The signal stays out of the Request: each of them would add a listener to it that only garbage collection removes.
    const { signal, fetch, timeoutMs, maxRetries, ...rest } = init;
    const call: Call = {
      operationId,
      operation: operations[operationId],
      signal,
      fetch,
      ...resolveCall(init, settings),
      attempts: 0,
      url: settings.baseUrl + path,
    };
    signal?.throwIfAborted();
    const request = client[method as Method] as unknown as (path: string, init: object) => Promise<Result>;
    return { result: await request(path, { ...rest, fetch: (request: Request) => transport(request, call) }), call };
  };

  const guarded = Object.fromEntries(
    methods.map((method) => [method, async (path: string, init?: Init) => (await send(method, path, init)).result]),
  );
  const request = async (method: string, path: string, init?: Init) =>
    (await send(method.toUpperCase(), path, init)).result;
  return { raw: { ...client, ...guarded, request } as unknown as RawClient, send };
}

const operationIds = new Map(
  Object.entries(operations).map(([id, { method, path }]) => [`${method} ${path}`, id as OperationId]),
);

function operationOf(method: string, path: string): OperationId {
  const found = operationIds.get(`${method} ${path}`);
  if (!found)
    throw new DixaInputError(
      'path',
      'and method are no operation of the contract; paths are written with their {parameters}',
    );
  return found;
}
