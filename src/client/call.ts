import type { OperationId, operations } from '../../generated/operations.js';
import type { CallDetails, Outcome } from './errors.js';
import type { CallOptions, Fetch } from './options.js';
import { createRedact, type Redact, secretsOf } from './redact.js';

type Operation = Pick<(typeof operations)[OperationId], 'method' | 'data'>;

/** One call from its start to its end: what was asked, and what has happened so far. */
export interface Call extends Operation, Pick<CallOptions, 'signal'> {
  readonly operationId: OperationId;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly fetch?: Fetch | undefined;
  /** Whether code outside this package may see the request or the response, which must then be real ones. */
  readonly observed: boolean;
  /** Requests sent so far. */
  attempts: number;
  url: string;
  /** What each attempt sends: what errors must not show. */
  sent?: { readonly headers: Headers; readonly body: unknown };
  /** The data of the successful reply. */
  parsed?: unknown;
}

/** The part of a call that its errors show. */
export function detailsOf({ operationId, method, url, attempts }: Call, outcome?: Outcome): CallDetails {
  return { operationId, method, url, attempts, ...(outcome && method === 'POST' && { outcome }) };
}

/** Headers whose values are no secrets. */
const harmless = /^(accept|content-type|user-agent)$/;

/** Makes the function that hides all that this call sent. */
export function redactOf({ sent }: Call): Redact {
  const secrets: string[] = [];
  for (const [name, value] of sent?.headers ?? []) if (!harmless.test(name)) secrets.push(value);
  try {
    secrets.push(...secretsOf(JSON.parse(String(sent?.body))));
  } catch {
    // A body that is no JSON, or none at all: a middleware's own.
    if (sent?.body) secrets.push(String(sent.body));
  }
  return createRedact(secrets);
}
