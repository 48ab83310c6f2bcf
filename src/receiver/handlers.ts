import type { UnknownWebhookEvent, WebhookEvent } from './events.js';

/** What is known of a delivery beside its event. */
export interface DeliveryContext {
  /** The value of `X-DIXA-SUBSCRIPTION-ID`, if it is a UUID. It is not signed: trust it for nothing. */
  readonly subscriptionId: string | undefined;
  /** When it was signed. */
  readonly timestamp: Date;
  /** Which of the secrets matched, counted from 0. */
  readonly secretIndex: number;
  /** When it arrived, in epoch milliseconds. */
  readonly receivedAt: number;
  /** The body as it came, for an archive or a queue. */
  readonly rawBody: Uint8Array;
}

/** Handles an event. The next one is called when it is done; if it throws, the rest are not, and Dixa is told 500. */
export type EventHandler<Event = WebhookEvent | UnknownWebhookEvent> = (
  event: Event,
  context: DeliveryContext,
) => unknown;

/** Takes back what was registered. */
export type Unsubscribe = () => void;

/** Handlers by the types that they are registered for. */
export interface Handlers<Handler> {
  add(types: readonly string[], handler: Handler): Unsubscribe;
  /** Those for a type, in order of registration; what is added or taken back later does not change them. */
  of(type: string): readonly { readonly handler: Handler }[];
}

export function createHandlers<Handler>(): Handlers<Handler> {
  const registered = new Map<string, readonly { readonly handler: Handler }[]>();
  const of = (type: string) => registered.get(type) ?? [];

  return {
    add(types, handler) {
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
