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

interface Registration {
  readonly order: number;
  readonly handler: EventHandler;
}

/** Handlers by the `type` of the event, with `'*'` for all of them. */
export interface Handlers {
  add(types: readonly string[], handler: EventHandler<never>): Unsubscribe;
  /** Those for an event, in order of registration. */
  of(type: string): EventHandler[];
}

export function createHandlers(): Handlers {
  const registered = new Map<string, Set<Registration>>();
  let order = 0;

  return {
    add(types, handler) {
      order += 1;
      const registration = { order, handler: handler as EventHandler };
      for (const type of types) registered.set(type, (registered.get(type) ?? new Set()).add(registration));
      return () => {
        for (const type of types) registered.get(type)?.delete(registration);
      };
    },
    of: (type) =>
      [...(registered.get(type) ?? []), ...(registered.get('*') ?? [])]
        .sort((a, b) => a.order - b.order)
        .map(({ handler }) => handler),
  };
}
