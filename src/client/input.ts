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
export function checkPath(path: string, values: Readonly<Record<string, unknown>> | null | undefined): void {
  for (const [name, [pattern, rule]] of Object.entries(pathRules)) {
    const value = values?.[name];
    if (path.includes(`{${name}}`) && !(typeof value === 'string' && pattern.test(value))) {
      throw new DixaInputError(name, rule);
    }
  }
}

/**
 * What goes to JSON.stringify for a request body: throws at what is known to be wrong in a field. All else is left to
 * the types and to Dixa's 400.
 */
export function checkField<Value>(this: unknown, field: string, value: Value): Value {
  if (/^(conditions|values)$/.test(field) && Array.isArray(value) && !value.length) {
    throw new DixaInputError(field, 'must not be empty');
  }
  if (field === 'username' && Object(this)._type && String(value).includes(':')) {
    throw new DixaInputError(field, 'must not contain ":", which ends it');
  }
  return value;
}
