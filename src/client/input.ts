import type { paths } from '../../generated/openapi.js';
import { type OperationId, operations } from '../../generated/operations.js';
import { describe } from './checks.js';
import { DixaInputError } from './errors.js';

type PathParameter = {
  [P in keyof paths]: paths[P] extends { parameters: { path: infer Parameters } } ? keyof Parameters : never;
}[keyof paths];

/** What each path parameter must look like: anything else could reach another path of the API. */
const pathRules: Record<PathParameter, readonly [pattern: RegExp, rule: string]> = {
  webhookSubscriptionId: [
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
    'must be a UUID: 8-4-4-4-12 hexadecimal digits, the `id` of a subscription',
  ],
  event: [/^[A-Za-z\d]+$/, 'must be the name of an event type: letters and digits only'],
};

/** Throws unless `values` holds a good value for each parameter in the path of `operationId`. */
export function checkPath(operationId: OperationId, values: Readonly<Record<string, unknown>> = {}): void {
  for (const [, name = ''] of operations[operationId].path.matchAll(/\{(\w+)\}/g)) {
    const [pattern, rule] = pathRules[name as PathParameter];
    const value = values[name];
    if (typeof value !== 'string' || !pattern.test(value)) {
      throw new DixaInputError(name, `${rule}; got ${describe(value)}`);
    }
  }
}

/** Throws at what in a request body is known to be wrong; all else is left to the types and to Dixa's 400. */
export function checkBody(body: unknown): void {
  const { authorization, filters } = Object(body) as { authorization?: unknown; filters?: unknown };
  checkUsername('authorization.username', (Object(authorization) as { username?: unknown }).username);
  for (const [key, filter] of Object.entries(Object(filters))) checkConditions(`filters.${key}.conditions`, filter);
}

function checkConditions(field: string, filter: unknown): void {
  const { conditions } = Object(filter) as { conditions?: unknown };
  if (!Array.isArray(conditions)) return;
  checkNotEmpty(field, conditions);
  conditions.forEach((condition, index) => {
    const { values } = Object(condition) as { values?: unknown };
    if (Array.isArray(values)) checkNotEmpty(`${field}[${index}].values`, values);
  });
}

/** Throws at an empty list. */
export function checkNotEmpty(field: string, list: readonly unknown[]): void {
  if (list.length === 0) throw new DixaInputError(field, 'is empty; give at least one, or leave the filter out');
}

/** Throws at a user name that basic authentication cannot carry. */
export function checkUsername(field: string, username: unknown): void {
  if (typeof username === 'string' && username.includes(':')) {
    throw new DixaInputError(field, 'must not contain ":", which ends the user name in basic authentication');
  }
}
