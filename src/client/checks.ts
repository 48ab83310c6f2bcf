import type { paths } from '../../generated/openapi.js';

/** Ends a check: the field that is wrong and the rule it breaks, without the value, which may be a secret. */
export type Refuse = (field: string, rule: string) => never;

type Rule = readonly [rule: string, fits: (value: unknown) => boolean];

type PathParameter = {
  [P in keyof paths]: paths[P] extends { parameters: { path: infer Parameters } } ? keyof Parameters : never;
}[keyof paths];

/** What path parameters must be. Any other could reach another path of the API. */
const pathRules = {
  webhookSubscriptionId: text('must be a UUID', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i),
  event: text('must be letters and digits', /^[A-Za-z\d]+$/),
} satisfies Record<PathParameter, Rule>;

/** What path parameters and options must be. */
const rules = {
  ...pathRules,
  timeoutMs: number(1, 2 ** 31 - 1),
  totalTimeoutMs: number(1, Infinity),
  maxRetries: number(0, Infinity, 'whole '),
  requestsPerSecond: number(0.001, 1e6),
  burst: number(1, Infinity, 'whole '),
  headers: ['must be valid, without Authorization: that is apiKey', areHeaders],
} satisfies Record<string, Rule>;

export type Checked = keyof typeof rules;

/** The parameters of all paths. */
export const pathParameters = Object.keys(pathRules) as PathParameter[];

/** Refuses a value that is not what it must be. */
export function check(name: Checked, value: unknown, refuse: Refuse): void {
  const [rule, fits] = rules[name];
  if (!fits(value)) refuse(name, rule);
}

function text(rule: string, pattern: RegExp): Rule {
  return [rule, (value) => typeof value === 'string' && pattern.test(value)];
}

function number(min: number, max: number, whole = ''): Rule {
  const fits = (value: unknown) => typeof value === 'number' && value >= min && value <= max && !(whole && value % 1);
  return [`must be a ${whole}number from ${min} to ${max}`, fits];
}

/** Tells before they are used: the platform's own error would quote a value. */
function areHeaders(headers: unknown): boolean {
  try {
    return !headers || !new Headers(headers as HeadersInit).has('authorization');
  } catch {
    return false;
  }
}
