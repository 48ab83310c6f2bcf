import type { CreateWebhookSubscription, WebhookEventType } from 'dixa-webhooks';
import type { WebhookEvent } from 'dixa-webhooks/receiver';

/**
 * Changes to a sample: an object changes the fields that it names, at any depth; `undefined` drops a field; a list or any
 * other value replaces what is there.
 */
export type Overrides<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | readonly unknown[]
    ? T
    : { readonly [K in keyof T]?: Overrides<T[K]> | undefined };

/** Changes to the sample of an event type: all of the event can be changed, except its `type`. */
export type SampleOverrides<T extends WebhookEventType = WebhookEventType> = Overrides<Omit<WebhookEvent<T>, 'type'>>;

/** A delivery that is signed and ready to send. It fits `receiver.receive()`, `new Request(url, it)` and `fetch(url, it)`. */
export interface SignedDelivery {
  readonly method: 'POST';
  /** The names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The event, printed byte for byte as Dixa prints it. */
  readonly body: string;
}

/** A subscription that a sandbox begins with: the body of `create`, and what Dixa would choose. */
export interface SandboxSubscription extends Omit<CreateWebhookSubscription, 'id' | 'secretKey'> {
  /**
   * The id, a UUID.
   * @default a random one
   */
  readonly id?: string | undefined;
  /**
   * The secret that signs its deliveries, the hex of at least 16 bytes.
   * @default a random one
   */
  readonly secretKey?: string | undefined;
}

/** Options of {@link createSandbox}. */
export interface SandboxOptions {
  /**
   * The API key that requests must have.
   * @default a random one
   */
  readonly apiKey?: string | undefined;
  /**
   * The subscriptions that it begins with.
   * @default none
   */
  readonly subscriptions?: readonly SandboxSubscription[] | undefined;
  /**
   * Receives the deliveries instead of the network, such as `receiver.fetch`. Without it, deliveries are sent over HTTP
   * to loopback addresses only.
   */
  readonly deliver?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** Options of {@link startSandbox}. */
export interface SandboxServerOptions extends SandboxOptions {
  /**
   * The port to listen on, on 127.0.0.1.
   * @default 0 // a free one
   */
  readonly port?: number | undefined;
}

/** How often an event is delivered. Dixa documents none of this: all of it is made up, and off unless you ask for it. */
export interface TriggerOptions {
  /**
   * How many times each delivery is sent at the same time, as duplicates: two or three were observed. At most 1,000.
   * @default 1
   */
  readonly copies?: number | undefined;
  /**
   * How long to wait before the first delivery and between retries, in milliseconds. At most 10 minutes.
   * @default 0
   */
  readonly delayMs?: number | undefined;
  /**
   * How many times a failed delivery is sent again. At most 1,000.
   * @default 0
   */
  readonly retries?: number | undefined;
}

/** The outcome of one delivery of the sandbox. */
export interface SandboxDelivery {
  readonly subscriptionId: string;
  /** The address of the subscription. */
  readonly url: string;
  /** `event_id` of the event: copies and retries of a delivery have the same. */
  readonly eventId: string;
  /** Whether it was sent. If not, `reason` says why, and there is no delivery log. */
  readonly sent: boolean;
  /** Whether the response was 2xx. Which responses Dixa counts as success is not documented. */
  readonly success: boolean;
  /** The status of the response, and 0 if there was none. */
  readonly status: number;
  /** Why it was not sent, or had no response. Use `onError` of the receiver to learn why it refused a delivery. */
  readonly reason?: string | undefined;
}

/** Dixa's API over subscriptions in memory. */
export interface Sandbox {
  /** The API key that requests must have: pass it to `createDixaWebhooks`. */
  readonly apiKey: string;
  /**
   * Serves Dixa's seven operations.
   * @example const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch })
   */
  readonly fetch: (request: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Delivers a sample event to each enabled subscription to its type; without one, it resolves with an empty list.
   * Filters are kept, but not applied.
   * @example await sandbox.trigger('ConversationRated', { data: { score: 1 } })
   */
  trigger<T extends WebhookEventType>(
    type: T,
    overrides?: SampleOverrides<T>,
    options?: TriggerOptions,
  ): Promise<SandboxDelivery[]>;
}

/** A sandbox that listens on a port. */
export interface SandboxServer extends Sandbox {
  /** The address to pass to `createDixaWebhooks` as `baseUrl`. */
  readonly url: string;
  /** Ends it, with all its connections. */
  close(): Promise<void>;
}
