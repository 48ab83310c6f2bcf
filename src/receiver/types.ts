import type { WebhookEventType } from '../shared/event-types.js';
import type { RawBody } from './body.js';
import type { DedupeOptions, DedupeStore } from './dedupe.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import type { DeliveryContext, EventHandler, Unsubscribe } from './handlers.js';
import type { Secrets } from './secret.js';

type Awaitable<T> = T | Promise<T>;

/**
 * Finds the secret of a delivery. Called once for each delivery, with the subscription id if the header contains a
 * UUID. The header is not signed: use it only to look up the secret. If it returns `null`, `undefined`, `''` or `[]`,
 * the delivery is refused (401).
 * @example (subscriptionId, env: Env) => subscriptionId ? env.SECRETS.get(subscriptionId) : null
 */
export type SecretFunction<Env = unknown> = (
  subscriptionId: string | undefined,
  env: Env,
) => Awaitable<Secrets | null | undefined>;

/** Options for {@link createReceiver}. */
export interface ReceiverOptions<Env = unknown> {
  /**
   * The `secretKey` of the subscription, an array of which one must match, or a function that returns either.
   * @default the environment variable `DIXA_WEBHOOK_SECRET`
   */
  readonly secret?: Secrets | SecretFunction<Env> | null | undefined;
  /**
   * How far the time of a delivery may differ from the time of its arrival, in either direction, in milliseconds.
   * @default 300_000 // 5 minutes; one genuine delivery took 37.5 s (observed)
   */
  readonly toleranceMs?: number | undefined;
  /**
   * The largest body that is accepted, in bytes. Dixa does not document how large its bodies can be.
   * @default 1_048_576 // 1 MiB
   */
  readonly maxBodyBytes?: number | undefined;
  /**
   * When the response is sent: after the handlers (`'handled'`), or as soon as the delivery is verified (`'received'`).
   * With `'received'`, Dixa gets a 200 even if a handler fails, which is only reported to `onError`, and a killed
   * process loses the events it was handling. Dixa does not document how long it waits for a response.
   * @default 'handled'
   */
  readonly acknowledge?: 'handled' | 'received' | undefined;
  /**
   * Remembers which events were handled, so that duplicates are not handled again.
   * @default none
   * @example memoryDedupe()
   */
  readonly dedupe?: DedupeStore | DedupeOptions | undefined;
  /**
   * How long a duplicate waits for another process that is handling the event, in milliseconds, before the response is
   * 503. With `acknowledge: 'received'`, it waits for `leaseMs` instead, after the response.
   * @default 10_000
   */
  readonly pendingWaitMs?: number | undefined;
}

/** Keeps the platform alive for work that continues after the response, such as the `ctx` of a Worker. */
export interface ExecutionContext {
  waitUntil?(work: Promise<unknown>): void;
}

/** Headers in any of the shapes that platforms use. Names are case-insensitive. */
export type DeliveryHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** A delivery as a platform received it. */
export interface Delivery<Env = unknown> {
  /**
   * The HTTP method.
   * @default 'POST'
   */
  readonly method?: string | undefined;
  /** The raw body, or a function that reads it, called only if the signature header is well formed. */
  readonly body: RawBody | (() => Awaitable<RawBody>);
  readonly headers: DeliveryHeaders;
  /**
   * When the delivery arrived, in epoch milliseconds. Set it if the delivery waited in a queue.
   * @default Date.now()
   */
  readonly receivedAt?: number | undefined;
  /** Passed to the secret function: the bindings of a Worker, for example. */
  readonly env?: Env | undefined;
  /** Keeps the platform alive for handlers that run after the response: `(work) => ctx.waitUntil(work)`. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
}

/** The outcome of a delivery. */
export interface ReceiveResult {
  /** The HTTP status of the response. */
  readonly status: number;
  /** The headers of the response. It never has a body. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * `handled`: the handlers have run. `duplicate`: the event was handled before. `pending`: another process is handling
   * it. `unknown`: this version does not know its type; `onUnknown` and `onAny` have run. `refused`: it is not a
   * genuine delivery. `failed`: something failed in the receiver, such as a handler.
   */
  readonly outcome: 'handled' | 'duplicate' | 'pending' | 'unknown' | 'refused' | 'failed';
  /** The event, if the delivery was verified. */
  readonly event?: WebhookEvent | UnknownWebhookEvent | undefined;
  /** Why it was refused or failed. */
  readonly error?: unknown;
  /** The duration in milliseconds, including handlers. */
  readonly durationMs: number;
}

/** The details of a delivery that may not have been verified. */
export interface ErrorContext extends Partial<DeliveryContext> {
  readonly subscriptionId: string | undefined;
  readonly receivedAt: number;
  /** The event, if the delivery was verified. */
  readonly event?: WebhookEvent | UnknownWebhookEvent | undefined;
}

/**
 * Called for each refused or failed delivery, before the response is sent. Errors that it throws are logged to the
 * console.
 */
export type ErrorHandler = (error: unknown, context: ErrorContext) => unknown;

/**
 * Called for every delivery after its handlers, and before the response unless `acknowledge` is `'received'`. It is for
 * metrics: it is not awaited, and errors that it throws are logged to the console.
 */
export type ResultHandler = (result: ReceiveResult, context: ErrorContext) => unknown;

/**
 * Receives a `Request`. It can be passed without its receiver. A receiver can be the default export of a Worker.
 * @param env passed to the secret function. Deno passes its `info` here, and Bun its server.
 * @param ctx anything with `waitUntil`, for `acknowledge: 'received'`.
 * @example export default receiver // Workers, Bun
 * @example Deno.serve(receiver.fetch)
 * @example export const POST = (request: Request) => receiver.fetch(request) // Next
 * @example export const POST = ({ request }) => receiver.fetch(request) // SvelteKit, and `action` of Remix
 * @example app.post('/dixa', (c) => receiver.fetch(c.req.raw, c.env)) // Hono
 */
export type ReceiverFetch<Env = unknown> = (request: Request, env?: Env, ctx?: ExecutionContext) => Promise<Response>;

/** Verifies deliveries and passes their events to handlers. Each `on…` method returns the function that unsubscribes. */
export interface Receiver<Env = unknown> {
  /**
   * Handles events of one type, or of several. Handlers run one after another, in order of registration; if one throws,
   * the rest are skipped and the response is 500.
   * @throws DixaConfigurationError if an event type is unknown, or the handler is not a function.
   * @example receiver.on('ConversationRated', (event) => console.log(event.data.score))
   * @example receiver.on(['ConversationClosed', 'ConversationAbandoned'], (event) => console.log(event.type))
   */
  on<Type extends WebhookEventType>(
    type: Type | readonly Type[],
    handler: EventHandler<WebhookEvent<Type>>,
  ): Unsubscribe;
  /**
   * Handles every event, including those of unknown types.
   * @example receiver.onAny((event) => console.log(event.type, event.event_id))
   */
  onAny(handler: EventHandler): Unsubscribe;
  /**
   * Handles events of a type that this version does not know.
   * @example receiver.onUnknown((event) => console.log(event.event_fqn))
   */
  onUnknown(handler: EventHandler<UnknownWebhookEvent>): Unsubscribe;
  /**
   * Called for each refused or failed delivery, before the response is sent. Without it, failures go to `console.error`,
   * and so does the first delivery that is refused for each reason (except another method than POST).
   * @example receiver.onError((error, { subscriptionId }) => console.error(subscriptionId, error))
   */
  onError(handler: ErrorHandler): Unsubscribe;
  /**
   * Called for every delivery, including refused ones and duplicates. Use it for metrics.
   * @example receiver.onResult(({ outcome, durationMs }) => histogram.observe({ outcome }, durationMs))
   */
  onResult(handler: ResultHandler): Unsubscribe;
  /**
   * Receives a delivery on any platform. Resolves with the response to send, even if the delivery is refused.
   * @example const { status, headers } = await receiver.receive({ body: rawBody, headers: request.headers })
   */
  receive(delivery: Delivery<Env>): Promise<ReceiveResult>;
  /** Receives a `Request`. See {@link ReceiverFetch}. */
  readonly fetch: ReceiverFetch<Env>;
  /**
   * Resolves when no handler is running. Use it to shut down a process with `acknowledge: 'received'`. On Workers, pass
   * `ctx` instead, because a cancelled request counts as running.
   */
  idle(): Promise<void>;
  /** The largest body that is accepted, in bytes. */
  readonly maxBodyBytes: number;
}
