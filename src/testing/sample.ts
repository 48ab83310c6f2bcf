import {
  DixaConfigurationError,
  type WebhookEvent,
  type WebhookEventType,
  webhookEventTypes,
} from 'dixa-webhooks/receiver';
import { samples } from '../../generated/samples.js';
import { nearest } from '../shared/nearest.js';
import { isPlainObject } from '../shared/plain-object.js';
import type { SampleOverrides } from './types.js';

/** How deep overrides may be nested. The limit also stops at an object that contains itself. */
const MAX_DEPTH = 100;

/**
 * Creates a sample event. It is the contract's example of the event type, with a new `event_id` and the current time as
 * `event_timestamp`. The doc comment of each type, such as {@link ConversationRatedEvent}, states whether its payload
 * is documented by Dixa, observed or inferred.
 * @param overrides changes to the sample, at any depth; `undefined` removes a field
 * @throws DixaConfigurationError if the event type is unknown, or an override is not JSON
 * @example
 * const event = sampleEvent('ConversationRated', { data: { score: 1, comment: undefined } })
 */
export function sampleEvent<T extends WebhookEventType>(type: T, overrides?: SampleOverrides<T>): WebhookEvent<T> {
  const name = typeof type === 'string' ? type : typeof type;
  if (!Object.hasOwn(samples, name)) {
    const near = nearest(name, webhookEventTypes);
    const fix = near ? `did you mean ${near}?` : 'see webhookEventTypes for the full list.';
    throw new DixaConfigurationError(`There is no event type ${name}: ${fix}`);
  }
  if (overrides !== undefined && !isPlainObject(overrides)) {
    throw new DixaConfigurationError('overrides must be an object, such as { data: { score: 1 } }.');
  }
  const fresh = { event_id: crypto.randomUUID(), event_timestamp: new Date().toISOString() };
  const sample = { ...structuredClone(samples[type]), ...fresh };
  const event = override(sample, overrides ?? {}, []) as WebhookEvent<T>;
  return { ...event, type };
}

/** Returns `value` with copies of these changes applied. */
function override(value: unknown, changes: unknown, path: readonly string[]): unknown {
  if (path.length > MAX_DEPTH) refuse(path.slice(0, 3), 'is nested too deeply, or contains itself');
  if (Array.isArray(changes)) {
    return Array.from(changes, (item, index) => override(undefined, item ?? null, [...path, `${index}`]));
  }
  if (!isPlainObject(changes)) {
    const isJson = ['string', 'boolean'].includes(typeof changes) || changes === null || Number.isFinite(changes);
    return isJson ? changes : refuse(path, 'is not JSON');
  }
  const fields = new Map(Object.entries(isPlainObject(value) ? value : {}));
  for (const [name, change] of Object.entries(changes)) {
    if (change === undefined) fields.delete(name);
    else fields.set(name, override(fields.get(name), change, [...path, name]));
  }
  return Object.fromEntries(fields);
}

function refuse(path: readonly string[], problem: string): never {
  throw new DixaConfigurationError(`overrides.${path.join('.')} ${problem}.`);
}
