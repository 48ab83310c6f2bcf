import { DixaInputError } from './errors.js';

/**
 * What goes to JSON.stringify for a request body: throws at what is known to be wrong in a field. All else is left to
 * the types and to Dixa's 400.
 */
export function checkField<Value>(this: unknown, field: string, value: Value): Value {
  if (/^(conditions|values)$/.test(field) && Array.isArray(value) && !value.length) {
    throw new DixaInputError(field, 'must not be empty');
  }
  if (field === 'username' && Object(this)._type && String(value).includes(':')) {
    throw new DixaInputError(field, 'must not contain ":"');
  }
  return value;
}
