import { webhookEventTypes } from '../../generated/event-types.js';
import { DixaConfigurationError, DixaError } from '../shared/errors.js';
import { isWebhookEventType } from '../shared/event-types.js';
import { nearest } from '../shared/nearest.js';
import { bodyTooLarge, bytesOf, requestBody } from './body.js';
import { DixaPayloadError, type DixaSignatureError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import { noSecret, refuseNonRequest, report, statusOf } from './failures.js';
import { createHandlers, type DeliveryContext, type EventHandler } from './handlers.js';
import { dedupeKey } from './key.js';
import { createOnce } from './once.js';
import { resolveOptions } from './options.js';
import { parseEvent } from './parse.js';
import { checkSecrets, type Secrets } from './secret.js';
import { signatureOf, subscriptionIdOf } from './signature.js';
import type {
  Delivery,
  ErrorHandler,
  ExecutionContext,
  ReceiveResult,
  Receiver,
  ReceiverOptions,
  ResultHandler,
} from './types.js';
import { verifyParsed } from './verify.js';

type AnyEvent = WebhookEvent | UnknownWebhookEvent;

type Outcome = Omit<ReceiveResult, 'durationMs'>;

/** How often `idle` checks whether a handler is running, in milliseconds. */
const IDLE_POLL_MS = 10;

const LOST =
  'Another process is still handling this event after leaseMs. If it fails, the event is lost: raise leaseMs above the time that handlers take.';

/** The headers of a response, by its status; `retry-after` is in seconds. */
const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  405: { allow: 'POST' },
  503: { 'retry-after': '10' },
};

/** What is known of a delivery so far. */
type Known = Partial<DeliveryContext> & Pick<DeliveryContext, 'subscriptionId' | 'receivedAt'>;

/**
 * Creates a receiver for Dixa's deliveries.
 * @throws DixaConfigurationError if an option is wrong, or there is no secret
 * @example
 * const receiver = createReceiver({ secret })
 * receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid))
 * export default receiver
 */
export function createReceiver<Env = unknown>(options: ReceiverOptions<Env> = {}): Receiver<Env> {
  const { secrets, toleranceMs, maxBodyBytes, pendingWaitMs, isAcknowledgedFirst, dedupe } = resolveOptions(options);
  // If the response was already sent, a duplicate waits until the lease expires: the process that holds it may have died.
  const waitMs = isAcknowledgedFirst ? (dedupe?.leaseMs ?? 0) : pendingWaitMs;
  const once = dedupe && createOnce(dedupe.store, dedupe.leaseMs, dedupe.keepMs, waitMs);
  const handlers = createHandlers<EventHandler<never>>();
  const errorHandlers = createHandlers<ErrorHandler>();
  const resultHandlers = createHandlers<ResultHandler>();
  /** How many events are being handled. */
  let running = 0;
  /** The reasons for refusals that were already logged. */
  const reported = new Set<string>();

  /**
   * Runs the handlers of an event, one after another. Returns a promise only if they do, because promises take time.
   */
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
    const onFailure = (error: unknown) => fail(error, context, 500, event);
    running += 1;
    try {
      // Handlers run after the response, even if they do not wait for anything.
      if (isAcknowledgedFirst) await new Promise((resolve) => setTimeout(resolve));
      const { event_id: id } = event;
      if (!once || typeof id !== 'string' || !id) await runAll(event, context);
      else {
        const key = await dedupeKey(id, dedupe.by === 'secret' ? secret : undefined);
        const outcome = await once(key, () => runAll(event, context), onFailure);
        if (outcome === 'pending' && isAcknowledgedFirst) return await onFailure(new DixaError(LOST));
        if (outcome !== 'handled') return respond(outcome === 'pending' ? 503 : 200, outcome, event);
      }
      return handled(event);
    } catch (error) {
      return await onFailure(error);
    } finally {
      running -= 1;
    }
  }

  /** Calls `onError`. Without it, logs failures, and the first delivery that is refused for each reason. Never rejects. */
  async function fail(error: unknown, context: Known, status: number, event?: AnyEvent): Promise<Outcome> {
    const listeners = errorHandlers.of('');
    try {
      for (const { handler } of listeners) await handler(error, { ...context, event });
    } catch (failure) {
      report('a delivery failed, and so did onError', failure);
    }
    if (!listeners.length && status >= 500) {
      report(`a delivery${event ? ` of ${event.type}` : ''} failed (receiver.onError() gets the error)`, error);
    } else if (!listeners.length && status !== 405) {
      // Not 405: health checks use other methods.
      const { reason, message } = error as Partial<DixaSignatureError> & Error;
      if (!reported.has(reason ?? message))
        console.error(`dixa-webhooks: a delivery was refused (the first; see receiver.onError() for all): ${message}`);
      reported.add(reason ?? message);
    }
    return respond(status, status < 500 ? 'refused' : 'failed', event, error);
  }

  /** Calls `onResult`. */
  function finish(outcome: Outcome, context: Known, startedAt: number): ReceiveResult {
    const result = timed(outcome, startedAt);
    for (const { handler } of resultHandlers.of('')) {
      const run = async () => handler(result, { ...context, event: outcome.event });
      run().catch((error) => report('onResult failed', error));
    }
    return result;
  }

  async function receive(delivery: Delivery<Env>): Promise<ReceiveResult> {
    const startedAt = performance.now();
    // Never rejects, even for an invalid argument.
    const { method = 'POST', headers, receivedAt = Date.now(), env, waitUntil } = Object(delivery) as Delivery<Env>;
    let known: Known = { subscriptionId: undefined, receivedAt };
    // An error of the secret function is not the sender's fault.
    let isSenderFault = true;
    try {
      if (method !== 'POST') throw new DixaPayloadError('The method is not POST.', 405);
      const subscriptionId = subscriptionIdOf(headers);
      known = { subscriptionId, receivedAt };
      const signature = signatureOf(headers);
      const rawBody = bytesOf(typeof delivery.body === 'function' ? await delivery.body() : delivery.body);
      if (rawBody.length > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);

      isSenderFault = false;
      const candidates =
        typeof secrets === 'function' ? secretsFound(await secrets(subscriptionId, env as Env)) : secrets;
      isSenderFault = true;
      if (!candidates.length) throw noSecret(subscriptionId);
      const found = verifyParsed(signature, rawBody, candidates, { toleranceMs, now: receivedAt });
      const { timestamp, secretIndex } = 'then' in found ? await found : found;
      const event = parseEvent(rawBody);

      const context = { subscriptionId, timestamp, secretIndex, receivedAt, rawBody };
      const handling = handle(event, context, candidates[secretIndex] as string);
      if (!isAcknowledgedFirst) return finish(await handling, context, startedAt);
      const work = handling.then((outcome) => finish(outcome, context, startedAt));
      try {
        waitUntil?.(work);
      } catch (error) {
        // The handlers run anyway, so the sender must not send the event again.
        await fail(error, context, 500, event);
      }
      return timed(handled(event), startedAt);
    } catch (error) {
      return finish(await fail(error, known, isSenderFault ? statusOf(error) : 500), known, startedAt);
    }
  }

  return {
    on(type, handler) {
      const types: readonly string[] = typeof type === 'string' ? [type] : type;
      if (!Array.isArray(types) || !types.length)
        throw new DixaConfigurationError('on() needs one or more event types.');
      const unknown = types.find((name) => !isWebhookEventType(name));
      if (unknown === undefined) return handlers.add(types, handler);
      const near = nearest(unknown, webhookEventTypes);
      const fix = near ? `did you mean ${near}?` : 'use onUnknown() for newer ones.';
      throw new DixaConfigurationError(`on(): unknown event type ${String(unknown)}: ${fix}`);
    },
    onAny: (handler) => handlers.add([...webhookEventTypes, 'Unknown'], handler),
    onUnknown: (handler) => handlers.add(['Unknown'], handler),
    onError: (handler) => errorHandlers.add([''], handler),
    onResult: (handler) => resultHandlers.add([''], handler),
    receive,
    async fetch(request: Request, env?: Env, ctx?: ExecutionContext) {
      // Node requests, and the events and contexts of frameworks, do not have this method.
      if (typeof Object(request).arrayBuffer !== 'function') return refuseNonRequest(env);
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
      // Polls, because on Workers a promise that another request resolves may never settle.
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    },
    maxBodyBytes,
  };
}

/** The secrets that the secret function returned: none, or those that are well formed. */
function secretsFound(found: Secrets | null | undefined): readonly string[] {
  return found == null || found.length === 0 ? [] : checkSecrets(found);
}

function respond(status: number, outcome: Outcome['outcome'], event?: AnyEvent, error?: unknown): Outcome {
  return { status, headers: { ...headersOf[status] }, outcome, event, error };
}

/** The outcome of an event whose handlers have run or will run. */
function handled(event: AnyEvent): Outcome {
  return respond(200, event.type === 'Unknown' ? 'unknown' : 'handled', event);
}

/** Adds the duration. It avoids a spread, which takes V8 half as long as the HMAC of 1 kB. */
function timed({ status, headers, outcome, event, error }: Outcome, startedAt: number): ReceiveResult {
  return { status, headers, outcome, event, error, durationMs: performance.now() - startedAt };
}
