import { checkField } from './input.js';
import type {
  BasicAuth,
  CombinedFilters,
  FilterCondition,
  FilterField,
  IsNotOneOf,
  IsOneOf,
  NoAuth,
  TokenAuth,
  UnknownFilterField,
} from './types.js';

/**
 * Deliveries carry `Authorization: Basic …`.
 * @throws DixaInputError if the user name holds a colon, which would end it.
 */
export function basicAuth(username: string, password: string): BasicAuth {
  return checked({ _type: 'BasicAuth', username, password });
}

/** Deliveries carry `Authorization: Bearer <value>`. Give the token alone. */
export function tokenAuth(value: string): TokenAuth {
  return { _type: 'TokenAuth', value };
}

/** Deliveries carry no `Authorization` header; their signature is then the only proof of where they come from. */
export function noAuth(): NoAuth {
  return { _type: 'NoAuth' };
}

/**
 * A filter that passes events for which every condition holds.
 * @throws DixaInputError if there is no condition.
 * @example filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) }
 */
export function allOf(...conditions: FilterCondition[]): CombinedFilters {
  return checked({ _type: 'CombinedFilters', strategy: 'All', conditions });
}

/**
 * A filter that passes events for which one condition or more holds.
 * @throws DixaInputError if there is no condition.
 */
export function anyOf(...conditions: FilterCondition[]): CombinedFilters {
  return checked({ _type: 'CombinedFilters', strategy: 'Any', conditions });
}

/**
 * Holds if the field has one of the values.
 * @throws DixaInputError if there is no value.
 */
export function isOneOf(field: FilterField | UnknownFilterField, values: readonly string[]): IsOneOf {
  return checked({ _type: 'IsOneOf', field, values });
}

/**
 * Holds if the field has none of the values.
 * @throws DixaInputError if there is no value.
 */
export function isNotOneOf(field: FilterField | UnknownFilterField, values: readonly string[]): IsNotOneOf {
  return checked({ _type: 'IsNotOneOf', field, values });
}

/** Throws at the first field that is known to be wrong. */
function checked<T extends object>(value: T): T {
  for (const [field, content] of Object.entries(value)) checkField.call(value, field, content);
  return value;
}
