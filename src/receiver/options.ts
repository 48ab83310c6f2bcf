import type { WebhookEventType } from '../shared/event-types.js';
import type { RawBody } from './body.js';
import type { DedupeOptions, DedupeStore } from './dedupe.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import type { DeliveryContext, EventHandler, Unsubscribe } from './handlers.js';
import type { Secrets } from './secret.js';

type Awaitable<T> = T | Promise<T>;

/**
 * Finds the secret of a delivery. It is asked once a delivery, with the subscription's id if the header holds a UUID,
 * which is not signed: use it to look the secret up, and trust it for nothing else. Undefined refuses the delivery.
 */
export type SecretFunction<Env = unknown> = (
  subscriptionId: string | undefined,
  env: Env | undefined,
) => Awaitable<Secrets | undefined>;

/** Options of {@link createReceiver}. */
export interface ReceiverOptions<Env = unknown> {
  /** The `secretKey` of the subscription, several of which one must match, or a function that finds them. */
  readonly secret: Secrets | SecretFunction<Env>;
  /**
   * How far the time of a delivery may be from ours, either way, in milliseconds.
   * @default 300_000
   */
  readonly toleranceMs?: number | undefined;
  /**
   * The largest body that is taken, in bytes. How large a genuine one may be is not documented.
   * @default 1_048_576 // 1 MiB
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * When Dixa gets its answer: once the handlers are done, or as soon as the delivery was verified. With `'received'` a
   * failed handler only reaches `onError`, and a copy outwaits another process that is at the same event.
   * @default 'handled' // how long Dixa waits for an answer is not documented
   */
  readonly acknowledge?: 'handled' | 'received' | undefined;
  /** Where to remember what was handled, so that copies are not handled again. Default: nowhere. */
  readonly dedupe?: DedupeStore | DedupeOptions | undefined;
  /**
   * How long a copy waits for another process that is at the same event, in milliseconds, before it is answered 503.
   * @default 10_000
   */
  readonly pendingWaitMs?: number | undefined;
}

/** What a platform gives beside the request. */
export interface PlatformContext<Env = unknown> {
  /** Keeps the platform alive for work that goes on after the answer: `(work) => ctx.waitUntil(work)`. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /** Handed to the secret function: the bindings of a worker, say. */
  readonly env?: Env | undefined;
}

/** Headers in any of the shapes that platforms have. Names are compared without case. */
export type DeliveryHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A delivery as a platform hands it over. */
export interface Delivery<Env = unknown> extends PlatformContext<Env> {
  /**
   * The HTTP method.
   * @default 'POST'
   */
  readonly method?: string | undefined;
  /** The body as it came, or what reads it; that is asked only if the signature's header looks right. */
  readonly body: RawBody | (() => Awaitable<RawBody>);
  readonly headers: DeliveryHeaders;
  /**
   * When it arrived, in epoch milliseconds: for deliveries that waited in a queue.
   * @default Date.now()
   */
  readonly receivedAt?: number | undefined;
}

/** What came of a delivery. */
export interface ReceiveResult {
  /** The HTTP status to answer with. */
  readonly status: number;
  /** The headers to answer with. There is never a body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly outcome: 'handled' | 'duplicate' | 'pending' | 'unknown' | 'refused' | 'failed';
  /** The event, if the delivery was verified. */
  readonly event?: WebhookEvent | UnknownWebhookEvent | undefined;
  /** Why it was refused or failed. */
  readonly error?: unknown;
}

/** What is known of a delivery that failed. */
export interface ErrorContext extends Partial<DeliveryContext> {
  readonly subscriptionId: string | undefined;
  readonly receivedAt: number;
  /** The event, if the delivery was verified. */
  readonly event?: WebhookEvent | UnknownWebhookEvent | undefined;
}

/** Told of everything that was refused or failed, before it is answered. A copy that still waits (503) is neither. */
export type ErrorHandler = (error: unknown, context: ErrorContext) => unknown;

/** Verifies deliveries and hands their events to handlers. Each `on…` returns the function that takes it back. */
export interface Receiver<Env = unknown> {
  /** Handles events of one type, or of several. */
  on<Type extends WebhookEventType>(
    type: Type | readonly Type[],
    handler: EventHandler<WebhookEvent<Type>>,
  ): Unsubscribe;
  /** Handles every event, those of an unknown type too. */
  onAny(handler: EventHandler): Unsubscribe;
  /** Handles events of a type that this version does not know. */
  onUnknown(handler: EventHandler<UnknownWebhookEvent>): Unsubscribe;
  /** Is told what was refused or failed, before Dixa is answered. */
  onError(handler: ErrorHandler): Unsubscribe;
  /** Receives a delivery on any platform. Whatever comes of it is in the result: a bad delivery does not reject. */
  receive(delivery: Delivery<Env>): Promise<ReceiveResult>;
  /**
   * Receives a `Request`: for Workers, Deno, Bun, Hono, Next, SvelteKit. It is bound, so it can be handed over as it is;
   * what a platform then gives beside the request is passed over.
   * @example Deno.serve(receiver.fetch)
   * @example export const POST = (request: Request) => receiver.fetch(request, { env, waitUntil })
   */
  readonly fetch: {
    (request: Request, platform?: PlatformContext<Env>): Promise<Response>;
    (request: Request, other: object): Promise<Response>;
  };
  /**
   * Resolves when no handler is running: for shutting down a process, with `acknowledge: 'received'`. A request of a
   * Worker that was cancelled counts as running: there, give `waitUntil`.
   */
  idle(): Promise<void>;
  /** The largest body that is taken, in bytes. */
  readonly maxBodyBytes: number;
}
