import type { OperationId, operations } from '../../generated/operations.js';
import type { CallDetails, Outcome } from './errors.js';
import type { Fetch } from './options.js';
import { createRedactor, type Redactor, secretsOf } from './redact.js';

/** One call from its start to its end: what was asked, and what has happened so far. */
export interface Call {
  readonly operationId: OperationId;
  readonly operation: (typeof operations)[OperationId];
  readonly signal: AbortSignal | undefined;
  readonly fetch: Fetch | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  /** Requests sent so far. */
  attempts: number;
  url: string;
  /** What is sent in each attempt: known once the middleware has run. */
  sent?: { readonly headers: Headers; readonly body: unknown };
  /** The reply that was handed to openapi-fetch, and its JSON. */
  reply?: { readonly response: Response; readonly json: unknown };
}

/** How a call is named in logs. */
export function nameOf({ operationId, operation, url, attempts }: Call): string {
  return `${operationId} ${operation.method} ${url} attempt ${attempts}`;
}

/** The part of a call that its errors show. */
export function detailsOf(call: Call, outcome?: Outcome): CallDetails {
  const { method } = call.operation;
  return {
    operationId: call.operationId,
    method,
    url: call.url,
    attempts: call.attempts,
    outcome: method === 'POST' ? outcome : undefined,
  };
}

/** Headers whose values are no secrets. */
const harmless: ReadonlySet<string> = new Set(['accept', 'content-type', 'user-agent']);

/** A redactor of all that this call sent. */
export function redactorOf({ sent }: Call): Redactor {
  const secrets: string[] = [];
  for (const [name, value] of sent?.headers ?? []) if (!harmless.has(name)) secrets.push(value);
  if (typeof sent?.body === 'string') {
    try {
      secrets.push(...secretsOf(JSON.parse(sent.body)));
    } catch {
      secrets.push(sent.body);
    }
  }
  return createRedactor(secrets);
}
