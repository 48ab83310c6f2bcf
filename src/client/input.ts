import type { paths } from '../../generated/openapi.js';
import { DixaInputError } from './errors.js';

type PathParameter = {
  [P in keyof paths]: paths[P] extends { parameters: { path: infer Parameters } } ? keyof Parameters : never;
}[keyof paths];

/** What each path parameter must look like: anything else could reach another path of the API. */
const pathRules: Record<PathParameter, [pattern: RegExp, rule: string]> = {
  webhookSubscriptionId: [/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, 'must be a UUID, the id of a subscription'],
  event: [/^[A-Za-z\d]+$/, 'must be the name of an event type: letters and digits'],
};

/** Throws unless `values` holds a good value for each parameter in the path. */
export function checkPath(path: string, values: Readonly<Record<string, unknown>> = {}): void {
  for (const [name, [pattern, rule]] of Object.entries(pathRules)) {
    const value = values[name];
    if (path.includes(`{${name}}`) && !(typeof value === 'string' && pattern.test(value))) {
      throw new DixaInputError(name, rule);
    }
  }
}

/** Throws at what in a request body is known to be wrong; all else is left to the types and to Dixa's 400. */
export function checkBody(body: unknown): void {
  const { authorization, filters } = Object(body) as { authorization?: unknown; filters?: unknown };
  checkUsername('authorization.username', (Object(authorization) as { username?: unknown }).username);
  for (const [key, filter] of Object.entries(Object(filters))) {
    const { conditions } = Object(filter) as { conditions?: unknown };
    const field = `filters.${key}.conditions`;
    checkNotEmpty(field, conditions);
    for (const [index, condition] of Object.entries(Object(conditions))) {
      checkNotEmpty(`${field}[${index}].values`, (Object(condition) as { values?: unknown }).values);
    }
  }
}

/** Throws at an empty list. */
export function checkNotEmpty(field: string, list: unknown): void {
  if ((Object(list) as { length?: unknown }).length === 0)
    throw new DixaInputError(field, 'is empty: give at least one');
}

/** Throws at a user name that basic authentication cannot carry. */
export function checkUsername(field: string, username: unknown): void {
  if (String(username).includes(':')) throw new DixaInputError(field, 'has a ":", which would end it');
}
