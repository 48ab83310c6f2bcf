import { DixaConfigurationError } from '../shared/errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';

/** The details of a delivery, in addition to its event. */
export interface DeliveryContext {
  /** The value of `X-DIXA-SUBSCRIPTION-ID`, if it is a UUID. It is not signed: do not trust it. */
  readonly subscriptionId: string | undefined;
  /** When the delivery was signed. */
  readonly timestamp: Date;
  /** The index of the secret that matched. */
  readonly secretIndex: number;
  /** When the delivery arrived, in epoch milliseconds. */
  readonly receivedAt: number;
  /** The raw body, for archives and queues. */
  readonly rawBody: Uint8Array;
}

/**
 * Handles an event. The next handler waits until it has finished. If it throws, the rest are skipped and the response
 * is 500.
 */
export type EventHandler<Event = WebhookEvent | UnknownWebhookEvent> = (
  event: Event,
  context: DeliveryContext,
) => unknown;

/** Unsubscribes a handler. */
export type Unsubscribe = () => void;

/** Handlers by event type. */
export interface Handlers<Handler> {
  add(types: readonly string[], handler: Handler): Unsubscribe;
  /** The handlers of a type, in order of registration. Later changes do not affect this list. */
  of(type: string): readonly { readonly handler: Handler }[];
}

export function createHandlers<Handler>(): Handlers<Handler> {
  const registered = new Map<string, readonly { readonly handler: Handler }[]>();
  const of = (type: string) => registered.get(type) ?? [];

  return {
    add(types, handler) {
      if (typeof handler !== 'function') throw new DixaConfigurationError('The handler must be a function.');
      const registration = { handler };
      const each = new Set(types);
      for (const type of each) registered.set(type, [...of(type), registration]);
      return () => {
        for (const type of each)
          registered.set(
            type,
            of(type).filter((other) => other !== registration),
          );
      };
    },
    of,
  };
}
