import { hmac } from '#hmac';
import { webhookEventTypes } from '../../generated/event-types.js';
import { DixaConfigurationError, DixaError } from '../shared/errors.js';
import { isWebhookEventType } from '../shared/event-types.js';
import { nearest } from '../shared/nearest.js';
import { bodyTooLarge, bytesOf } from './body.js';
import { DixaPayloadError, DixaSignatureError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import { createHandlers, type DeliveryContext, type EventHandler } from './handlers.js';
import { keyOf, scopeOf } from './key.js';
import { createOnce } from './once.js';
import { resolveOptions } from './options.js';
import { parseEvent } from './parse.js';
import { requestBody } from './request-body.js';
import { checkSecrets } from './secret.js';
import { signatureOf, subscriptionIdOf } from './signature.js';
import type {
  Delivery,
  ErrorContext,
  ErrorHandler,
  ExecutionContext,
  ReceiveResult,
  Receiver,
  ReceiverOptions,
  ResultHandler,
} from './types.js';
import { verifyParsed } from './verify.js';

type AnyEvent = WebhookEvent | UnknownWebhookEvent;

/** A result, before it is known how long it took. */
type Outcome = Omit<ReceiveResult, 'durationMs'>;

/** How often `idle` looks whether a handler is running, in milliseconds. */
const IDLE_POLL_MS = 10;

/** The longest `event_id` that is a key itself, in characters: a UUID has 36. A longer one is hashed. */
const LONGEST_ID = 100;
const NO_SECRET = '00'.repeat(32);

const LOST =
  'Another process was still handling this event after leaseMs, and its response was already sent: if that process fails, the event is lost. Raise leaseMs above the time that handlers take.';

/** The headers of a response, by its status; `retry-after` is in seconds. */
const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  405: { allow: 'POST' },
  503: { 'retry-after': '10' },
};

/**
 * Creates a receiver of Dixa's deliveries.
 * @throws DixaConfigurationError if an option is wrong, or there is no secret
 * @example
 * const receiver = createReceiver({ secret })
 * receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid))
 * export default receiver
 */
export function createReceiver<Env = unknown>(options: ReceiverOptions<Env> = {}): Receiver<Env> {
  const { secrets, toleranceMs, maxBodyBytes, pendingWaitMs, isAcknowledgedFirst, dedupe } = resolveOptions(options);
  // If nobody waits for the response, a duplicate waits until the lease of a process that may have died expires.
  const waitMs = isAcknowledgedFirst ? (dedupe?.leaseMs ?? 0) : pendingWaitMs;
  const once = dedupe && createOnce(dedupe.store, dedupe.leaseMs, dedupe.keepMs, waitMs);
  const handlers = createHandlers<EventHandler<never>>();
  const errorHandlers = createHandlers<ErrorHandler>();
  const resultHandlers = createHandlers<ResultHandler>();
  /** How many events are being handled. */
  let running = 0;
  let hasReportedRefusal = false;

  async function findSecrets(subscriptionId: string | undefined, env: Env | undefined): Promise<readonly string[]> {
    if (typeof secrets !== 'function') return secrets;
    const found = await secrets(subscriptionId, env as Env);
    return found == null || found.length === 0 ? [] : checkSecrets(found);
  }

  /** Runs the handlers of an event, one after another. Without a promise if they return none, because that takes time. */
  function runAll(event: AnyEvent, context: DeliveryContext): unknown {
    let done: unknown;
    for (const { handler } of handlers.of(event.type)) {
      const run = () => handler(event as never, context);
      done = done ? Promise.resolve(done).then(run) : run();
    }
    return done;
  }

  /** Handles an event, unless a duplicate was or is being handled. Never rejects. */
  async function handle(event: AnyEvent, context: DeliveryContext, secret: string): Promise<Outcome> {
    const onFailure = (error: unknown) => fail(error, { ...context, event }, 500);
    running += 1;
    try {
      // Handlers run after the response, even if they do not wait for anything.
      if (isAcknowledgedFirst) await new Promise((resolve) => setTimeout(resolve));
      const { event_id: id } = event;
      if (!once || typeof id !== 'string' || !id) await runAll(event, context);
      else {
        // Duplicates have the same key: under one secret, or under any.
        const scope = dedupe.by === 'event' ? '' : await scopeOf(secret);
        const short = id.length > LONGEST_ID ? await hmac(keyOf(NO_SECRET), id, new Uint8Array()) : id;
        const outcome = await once(scope + short, () => runAll(event, context), onFailure);
        if (outcome === 'pending' && isAcknowledgedFirst) return await onFailure(new DixaError(LOST));
        if (outcome !== 'handled') return respond(outcome === 'pending' ? 503 : 200, outcome, event);
      }
      return respond(200, event.type === 'Unknown' ? 'unknown' : 'handled', event);
    } catch (error) {
      return await onFailure(error);
    } finally {
      running -= 1;
    }
  }

  /** Calls `onError` for what was refused or failed; without it, writes to the console what one should know. Never rejects. */
  async function fail(error: unknown, context: ErrorContext, status: number): Promise<Outcome> {
    const listeners = errorHandlers.of('');
    try {
      for (const { handler } of listeners) await handler(error, context);
      if (!listeners.length && status >= 500) report('a delivery failed', error);
    } catch (failure) {
      report('a delivery failed, and so did onError', failure);
    }
    if (!listeners.length && isA(error, DixaSignatureError) && !hasReportedRefusal) {
      hasReportedRefusal = true;
      report('a delivery was refused (the first; see receiver.onError() for all)', error);
    }
    return respond(status, status < 500 ? 'refused' : 'failed', context.event, error);
  }

  /** Adds the time and calls `onResult`. */
  function finish(outcome: Outcome, context: ErrorContext, startedAt: number): ReceiveResult {
    const result = { ...outcome, durationMs: performance.now() - startedAt };
    for (const { handler } of resultHandlers.of('')) {
      const run = async () => handler(result, context);
      run().catch((error) => report('onResult failed', error));
    }
    return result;
  }

  async function receive(delivery: Delivery<Env>): Promise<ReceiveResult> {
    const startedAt = performance.now();
    // Whatever is passed, even nothing: this never rejects.
    const { method = 'POST', headers, receivedAt = Date.now(), env, waitUntil } = Object(delivery) as Delivery<Env>;
    let known: ErrorContext = { subscriptionId: undefined, receivedAt };
    // The secret function may throw whatever it likes: that is not the sender's fault.
    let isSenderFault = true;
    try {
      if (method !== 'POST') throw new DixaPayloadError('The method is not POST.', 405);
      const subscriptionId = subscriptionIdOf(headers);
      known = { subscriptionId, receivedAt };
      const signature = signatureOf(headers);
      const rawBody = bytesOf(typeof delivery.body === 'function' ? await delivery.body() : delivery.body);
      if (rawBody.length > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);
      isSenderFault = false;
      const candidates = typeof secrets === 'function' ? await findSecrets(subscriptionId, env) : secrets;
      isSenderFault = true;
      if (!candidates.length) throw noSecret(subscriptionId);
      const found = verifyParsed(signature, rawBody, candidates, { toleranceMs, now: receivedAt });
      const { timestamp, secretIndex } = 'then' in found ? await found : found;
      const event = parseEvent(rawBody);

      // Not by spreading, which takes V8 half as long as the HMAC.
      const context = { timestamp, secretIndex, rawBody, subscriptionId, receivedAt };
      const handling = handle(event, context, candidates[secretIndex] as string);
      if (!isAcknowledgedFirst) return finish(await handling, { ...context, event }, startedAt);
      const work = handling.then((outcome) => finish(outcome, { ...context, event }, startedAt));
      try {
        waitUntil?.(work);
      } catch (error) {
        // The handlers run all the same: another copy of the event is not wanted.
        await fail(error, { ...context, event }, 500);
      }
      const outcome = respond(200, event.type === 'Unknown' ? 'unknown' : 'handled', event);
      return { ...outcome, durationMs: performance.now() - startedAt };
    } catch (error) {
      return finish(await fail(error, known, isSenderFault ? statusOf(error) : 500), known, startedAt);
    }
  }

  return {
    on(type, handler) {
      const types: readonly string[] = typeof type === 'string' ? [type] : type;
      if (!Array.isArray(types) || !types.length)
        throw new DixaConfigurationError('on() needs an event type, or several.');
      const unknown = types.find((name) => !isWebhookEventType(name));
      if (unknown === undefined) return handlers.add(types, handler);
      const near = nearest(unknown, webhookEventTypes);
      const fix = near ? `did you mean ${near}?` : 'use onUnknown() for newer ones.';
      throw new DixaConfigurationError(`on(): this version knows no event type ${String(unknown)}: ${fix}`);
    },
    onAny: (handler) => handlers.add([...webhookEventTypes, 'Unknown'], handler),
    onUnknown: (handler) => handlers.add(['Unknown'], handler),
    onError: (handler) => errorHandlers.add([''], handler),
    onResult: (handler) => resultHandlers.add([''], handler),
    receive,
    async fetch(request: Request, env?: Env, ctx?: ExecutionContext) {
      if (typeof Object(request).headers?.get !== 'function') return refuseNodeRequest(env);
      const { status, headers } = await receive({
        method: request.method,
        headers: request.headers,
        body: () => requestBody(request, maxBodyBytes),
        env,
        // As a method, because platforms need their `this`.
        waitUntil: (work) => ctx?.waitUntil?.(work),
      });
      return new Response(null, { status, headers });
    },
    async idle() {
      // By a timer of its own: on Workers a promise that another request resolves may never be settled.
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    },
    maxBodyBytes,
  };
}

function respond(
  status: number,
  outcome: ReceiveResult['outcome'],
  event: AnyEvent | undefined,
  error?: unknown,
): Outcome {
  return { status, headers: { ...headersOf[status] }, outcome, event, error };
}

/** The status for an error of the sender's, and 500 for any other. */
function statusOf(error: unknown): number {
  if (isA(error, DixaPayloadError)) return error.status;
  if (isA(error, DixaSignatureError)) return error.reason.endsWith('header') ? 400 : 401;
  return 500;
}

/** As `instanceof`, but a proxy's trap that throws does no harm. */
function isA<E>(error: unknown, type: new (...args: never[]) => E): error is E {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}

function noSecret(subscriptionId: string | undefined): DixaSignatureError {
  const why = subscriptionId
    ? 'the secret function found none for the subscription of the X-DIXA-SUBSCRIPTION-ID header'
    : 'the X-DIXA-SUBSCRIPTION-ID header is missing or is not a UUID, and the secret function found none without it';
  return new DixaSignatureError('no-secret', `There is no secret: ${why}.`);
}

/** Express calls its handlers with a response as the second argument, and waits until that is ended. */
function refuseNodeRequest(response: unknown): Response {
  report(
    'a delivery failed',
    new DixaConfigurationError('receiver.fetch got no Request: use toNodeListener(receiver).'),
  );
  const { writeHead, end } = Object(response) as { writeHead?: unknown; end?: unknown };
  if (typeof writeHead === 'function' && typeof end === 'function') {
    writeHead.call(response, 500);
    end.call(response);
  }
  return new Response(null, { status: 500 });
}

/** Writes one line. A message may quote the event; those of our own errors never do. */
function report(what: string, error: unknown): void {
  let why = 'see receiver.onError().';
  try {
    const isOurs = isA(error, DixaConfigurationError) || isA(error, DixaSignatureError);
    why = isOurs ? error.message : `${/^\w*/.exec((error as Error).name)}; ${why}`;
  } catch {
    // What was thrown has no name.
  }
  console.error(`dixa-webhooks: ${what}: ${why}`);
}
