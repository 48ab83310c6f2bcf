import type { paths } from '../../generated/openapi.js';
import { isPlainObject } from '../shared/plain-object.js';
import type { CallOptions, DixaWebhooksOptions } from './options.js';
import type { RateLimit } from './rate-limit.js';
import type { BasicAuth, CreateWebhookSubscription, TokenAuth } from './types.js';

/** A rule for a value, in words and as a function. */
export type Rule = readonly [rule: string, fits: (value: unknown) => boolean];

type PathParameter = {
  [P in keyof paths]: paths[P] extends { parameters: { path: infer Parameters } } ? keyof Parameters : never;
}[keyof paths];

type Named =
  | keyof (DixaWebhooksOptions & CallOptions & RateLimit)
  | keyof (CreateWebhookSubscription & BasicAuth & TokenAuth);

const eventName = text('must be letters and digits', /^[A-Za-z\d]+$/);

/** The rules for path parameters. Any other value could reach another path of the API. */
const pathRules = {
  webhookSubscriptionId: text('must be a UUID', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i),
  event: eventName,
} satisfies Record<PathParameter, Rule>;

/** Rules that a type cannot express, by the name of the argument, option or property. For a list they apply to its items. */
export const rules = {
  ...pathRules,
  timeoutMs: number(1, 2 ** 31 - 1),
  totalTimeoutMs: number(1, Infinity),
  maxRetries: number(0, Infinity, 'whole '),
  requestsPerSecond: number(0.001, 1e6),
  burst: number(1, Infinity, 'whole '),
  rateLimit: ['must be an object or false', (value) => value === false || isPlainObject(value)],
  headers: ['must be valid and must not set Authorization; use apiKey', areHeaders],
  // Checked by shape, because a signal from another realm or a polyfill is not an instance of this realm's class.
  signal: ['must be an AbortSignal', (value) => has(value, 'aborted', 'boolean') && has(value, 'addEventListener')],
  logger: ['must have the methods debug and warn', (value) => has(value, 'debug') && has(value, 'warn')],
  events: eventName,
  url: text('must be an absolute https: or http: URL', /^https?:\/\/\S+$/i),
  username: text('must be a string without ":"', /^[^:]*$/),
  header: text('must be a string without line breaks', /^[^\r\n]*$/),
} satisfies Partial<Record<PathParameter | Named | 'header', Rule>>;

/** All path parameters. */
export const pathParameters = Object.keys(pathRules) as PathParameter[];

function text(rule: string, pattern: RegExp): Rule {
  return [rule, (value) => typeof value === 'string' && pattern.test(value)];
}

function number(min: number, max: number, whole = ''): Rule {
  const fits = (value: unknown) => typeof value === 'number' && value >= min && value <= max && !(whole && value % 1);
  return [`must be a ${whole}number from ${min} to ${max}`, fits];
}

function has(value: unknown, name: string, type = 'function'): boolean {
  return typeof (value as Record<string, unknown> | null | undefined)?.[name] === type;
}

/** Checked before use, because the platform's error would quote a value. */
function areHeaders(headers: unknown): boolean {
  try {
    return !new Headers(headers as HeadersInit).has('authorization');
  } catch {
    return false;
  }
}
