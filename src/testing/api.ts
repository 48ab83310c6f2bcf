import { type OperationId, operations, statuses } from '../../generated/operations.js';
import { errorSamples } from '../../generated/samples.js';
import { apiVersions } from '../../generated/server.js';
import { type Validator, validators } from '../../generated/validators.js';
import { nearest } from '../shared/nearest.js';
import { type Account, NotFound } from './account.js';

/** Ends a request with an error response. */
class HttpError extends Error {
  readonly response: Response;

  constructor(error: ErrorSample, detail?: string) {
    super();
    this.response = errorResponse(error, detail);
  }
}

const routes = Object.entries(operations).map(([id, { method, path }]) => {
  const parameters = path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { id: id as OperationId, method, pattern: new RegExp(`^(?:/(?:${apiVersions.join('|')}))?${parameters}/?$`) };
});

/** Serves Dixa's operations for an account. Requests and responses are validated against the contract. */
export function createApi(account: Account, apiKey: string): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return isAuthorized(request, apiKey) ? await carryOut(account, request) : unauthorized();
    } catch (error) {
      if (error instanceof HttpError) return error.response;
      throw error;
    }
  };
}

export function isAuthorized({ headers }: Request, apiKey: string): boolean {
  return headers.get('authorization') === apiKey;
}

export function unauthorized(): Response {
  return errorResponse(errorSamples.unauthorized, 'Authorization must be the apiKey of the sandbox');
}

type ErrorSample = { readonly status: number; readonly message: string };

/** An error response in Dixa's words, with a detail from the sandbox. */
export function errorResponse({ status, message }: ErrorSample, detail?: string): Response {
  return Response.json({ message: detail ? `${message} (sandbox: ${detail})` : message }, { status });
}

async function carryOut(account: Account, request: Request): Promise<Response> {
  const { id, parameters } = routeOf(request);
  const wrong = parameterFault(id, parameters);
  if (wrong) throw new HttpError(errorSamples.invalidValue, wrong);
  const { body: validateBody } = validators[id];
  const body = validateBody && (await bodyOf(request, validateBody));
  let data: unknown;
  try {
    data = account.carryOut(id, parameters, body);
  } catch (error) {
    if (error instanceof NotFound) throw new HttpError(errorSamples.notFound);
    throw error;
  }
  const status = statuses[id][0];
  const validate = validators[id].responses[status];
  if (!validate) return new Response(null, { status });
  const fault = faultOf(validate, { data }, 'response');
  if (!fault) return Response.json({ data }, { status });
  console.error(`dixa-webhooks: the sandbox broke the contract in ${id}: ${fault}.`);
  throw new HttpError(errorSamples.internalServerError, fault);
}

function routeOf({ method, url }: Request): { id: OperationId; parameters: Record<string, string> } {
  const { pathname } = new URL(url);
  for (const route of routes) {
    const match = route.method === method && route.pattern.exec(pathname);
    if (match) return { id: route.id, parameters: { ...match.groups } };
  }
  throw new HttpError(errorSamples.notFound, `there is no operation ${method} ${pathname}`);
}

async function bodyOf(request: Request, validate: Validator): Promise<unknown> {
  const text = await request.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new HttpError(errorSamples.decodingFailure, 'the body is not JSON');
  }
  const fault = faultOf(validate, body, 'body');
  if (fault) throw new HttpError(errorSamples.decodingFailure, fault);
  return body;
}

/** The first problem with the path parameters, if any. */
export function parameterFault(id: OperationId, parameters: Readonly<Record<string, string>>): string | undefined {
  const faults = Object.entries(validators[id].parameters).map(([name, validate]) =>
    faultOf(validate, parameters[name], name),
  );
  return faults.find((fault) => fault !== undefined);
}

/** The first problem with a value and its location, if any. */
export function faultOf(validate: Validator, value: unknown, name: string): string | undefined {
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  const { instancePath = '', message, params: { additionalProperty, allowedValues = [] } = {} } = error ?? {};
  const place = `${name}${instancePath}`.replaceAll('/', '.');
  const [, ...keys] = instancePath.split('/');
  const wrong = keys.reduce((part, key) => Object(part)[key], value);
  const near = nearest(wrong, allowedValues as string[]);
  return `${place} ${message}${additionalProperty ? `: ${additionalProperty}` : ''}${near ? `: did you mean ${near}?` : ''}`;
}
