import { requestBodies } from '../../generated/request-bodies.js';
import { checked } from './checks.js';
import type {
  CombinedFilters,
  FilterCondition,
  FilterField,
  IsNotOneOf,
  IsOneOf,
  UnknownFilterField,
} from './types.js';

const filterShape = requestBodies.createWebhookSubscription.shape.filters['*'];
const [conditionShape] = filterShape._type.CombinedFilters.conditions;

/**
 * A filter that delivers events for which all conditions are true.
 * @throws DixaInputError if there is no condition, or if one is not a condition.
 * @example filters: { Conversation: allOf(isOneOf('InitialChannel', ['email'])) }
 */
export function allOf(...conditions: FilterCondition[]): CombinedFilters {
  return checked(filterShape, { _type: 'CombinedFilters', strategy: 'All', conditions });
}

/**
 * A filter that delivers events for which at least one condition is true.
 * @throws DixaInputError if there is no condition, or if one is not a condition.
 * @example filters: { Conversation: anyOf(isOneOf('InitialChannel', ['email']), isOneOf('QueueId', [queueId])) }
 */
export function anyOf(...conditions: FilterCondition[]): CombinedFilters {
  return checked(filterShape, { _type: 'CombinedFilters', strategy: 'Any', conditions });
}

/**
 * A condition that is true if the field has one of the values.
 * @throws DixaInputError if there is no value, or if one is not a string.
 * @example isOneOf('InitialChannel', ['email', 'pstn_phone'])
 */
export function isOneOf(field: FilterField | UnknownFilterField, values: readonly string[]): IsOneOf {
  return checked(conditionShape, { _type: 'IsOneOf', field, values });
}

/**
 * A condition that is true if the field has none of the values.
 * @throws DixaInputError if there is no value, or if one is not a string.
 * @example isNotOneOf('QueueId', [queueId])
 */
export function isNotOneOf(field: FilterField | UnknownFilterField, values: readonly string[]): IsNotOneOf {
  return checked(conditionShape, { _type: 'IsNotOneOf', field, values });
}
