import type { CreateWebhookSubscription, WebhookEventType } from 'dixa-webhooks';
import type { WebhookEvent } from 'dixa-webhooks/receiver';

/**
 * Changes to a sample. An object changes only the fields it contains, at any depth; `undefined` removes a field; an
 * array or any other value replaces the existing one.
 */
export type Overrides<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null | readonly unknown[]
    ? T
    : { readonly [K in keyof T]?: Overrides<T[K]> | undefined };

/** Changes to the sample of an event type. Every field except `type` can be changed. */
export type SampleOverrides<T extends WebhookEventType = WebhookEventType> = Overrides<Omit<WebhookEvent<T>, 'type'>>;

/**
 * A signed delivery, ready to send. Pass it to `receiver.receive()`, or as the second argument to `fetch()` or `new
 * Request()`.
 */
export interface SignedDelivery {
  readonly method: 'POST';
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The event as JSON, formatted byte for byte like Dixa's. */
  readonly body: string;
}

/**
 * A subscription that a sandbox starts with: the body of `create`, and the `id` and `secretKey` that Dixa would choose.
 */
export interface SandboxSubscription extends Omit<CreateWebhookSubscription, 'id' | 'secretKey'> {
  /**
   * The id, a UUID.
   * @default a random UUID
   */
  readonly id?: string | undefined;
  /**
   * The secret that signs its deliveries: the hex of at least 16 bytes.
   * @default a random secret
   */
  readonly secretKey?: string | undefined;
}

/** Options for {@link createSandbox}. */
export interface SandboxOptions {
  /**
   * The API key that requests must send.
   * @default a random key
   */
  readonly apiKey?: string | undefined;
  /**
   * The subscriptions that the sandbox starts with.
   * @default none
   */
  readonly subscriptions?: readonly SandboxSubscription[] | undefined;
  /**
   * Receives the deliveries in this process, for example `receiver.fetch`. Without it, deliveries are sent over HTTP,
   * and only to loopback addresses.
   */
  readonly deliver?: ((request: Request) => Response | Promise<Response>) | undefined;
}

/** Options for {@link startSandbox}. */
export interface SandboxServerOptions extends SandboxOptions {
  /**
   * The port of 127.0.0.1 to listen on.
   * @default 0 // a free port
   */
  readonly port?: number | undefined;
}

/** How an event is delivered. Dixa documents none of this: all of it is assumed, and off by default. */
export interface TriggerOptions {
  /**
   * How many copies of each delivery are sent at the same time, as duplicates. Two or three were observed. At most
   * 1,000.
   * @default 1
   */
  readonly copies?: number | undefined;
  /**
   * How long to wait before each attempt, in milliseconds. At most 600,000 (10 minutes).
   * @default 0
   */
  readonly delayMs?: number | undefined;
  /**
   * How many times a failed delivery is sent again. At most 1,000.
   * @default 0
   */
  readonly retries?: number | undefined;
}

/** The outcome of one delivery from the sandbox. */
export interface SandboxDelivery {
  readonly subscriptionId: string;
  /** The URL of the subscription. */
  readonly url: string;
  /** The `event_id` of the event. Copies and retries share it. */
  readonly eventId: string;
  /** Whether it was sent. If not, `reason` says why, and there is no delivery log. */
  readonly sent: boolean;
  /** Whether the response was 2xx. Dixa does not document which responses it counts as success. */
  readonly success: boolean;
  /** The HTTP status of the response, or 0 if there was none. */
  readonly status: number;
  /** Why it was not sent or got no response. To learn why a receiver refused it, use the receiver's `onError`. */
  readonly reason?: string | undefined;
}

/** An in-memory sandbox of Dixa's API. */
export interface Sandbox {
  /** The API key that requests must send: pass it to `createDixaWebhooks`. */
  readonly apiKey: string;
  /**
   * Serves Dixa's seven operations.
   * @example const dixa = createDixaWebhooks({ apiKey: sandbox.apiKey, fetch: sandbox.fetch })
   */
  readonly fetch: (request: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Delivers a sample event to each enabled subscription to its type. Resolves with the outcomes: an empty array if
   * there is no such subscription. Filters are not applied.
   * @throws DixaConfigurationError if the event type is unknown, an override is not JSON, or an option is invalid
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
  /** The URL to pass to `createDixaWebhooks` as `baseUrl`. */
  readonly url: string;
  /** Stops the server and closes all its connections. */
  close(): Promise<void>;
}
