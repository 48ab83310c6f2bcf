import { hmac } from '#hmac';
import { DixaConfigurationError } from '../shared/errors.js';
import { isWebhookEventType } from '../shared/event-types.js';
import { BodyTooLarge, bytesOf } from './body.js';
import type { DedupeOptions } from './dedupe.js';
import { DixaPayloadError, DixaSignatureError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import { createHandlers, type DeliveryContext } from './handlers.js';
import { headerOf, subscriptionIdOf } from './headers.js';
import { keyOf } from './key.js';
import { createOnce, type OnceOutcome } from './once.js';
import type {
  Delivery,
  ErrorContext,
  ErrorHandler,
  ReceiveResult,
  Receiver,
  ReceiverOptions,
  SecretFunction,
} from './options.js';
import { parseEvent } from './parse.js';
import { requestBody } from './request-body.js';
import { checkSecrets } from './secret.js';
import { parseSignature } from './signature.js';
import { TOLERANCE_MS, verifyParsed } from './verify.js';

type AnyEvent = WebhookEvent | UnknownWebhookEvent;

/** How long a sender should wait after a 503, in seconds. */
const RETRY_AFTER = '10';

/**
 * Makes a receiver of Dixa's deliveries.
 * @throws DixaConfigurationError at a malformed secret
 * @example
 * const receiver = createReceiver({ secret })
 * receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid))
 * Deno.serve(receiver.fetch)
 */
export function createReceiver<Env = unknown>(options: ReceiverOptions<Env>): Receiver<Env> {
  const { secret, acknowledge, dedupe } = options;
  const { toleranceMs = TOLERANCE_MS, maxBodyBytes = 1_048_576, pendingWaitMs = 10_000 } = options;
  const fixedSecrets = typeof secret === 'function' ? undefined : checkSecrets(secret);
  const dedupeOptions: DedupeOptions | undefined = dedupe && ('store' in dedupe ? dedupe : { store: dedupe });
  const { leaseMs = 0, keepMs = 0 } = dedupeOptions ?? {};
  for (const [name, value] of Object.entries({ toleranceMs, maxBodyBytes, pendingWaitMs, leaseMs, keepMs })) {
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new DixaConfigurationError(`${name} must be a number, 0 or more.`);
    }
  }
  const once = dedupeOptions && createOnce(dedupeOptions, pendingWaitMs);
  const handlers = createHandlers();
  const errorHandlers = new Set<{ handler: ErrorHandler }>();
  const running = new Set<Promise<unknown>>();

  /** The secrets of a delivery; none refuses it. */
  async function secretsOf(subscriptionId: string | undefined, env: Env | undefined): Promise<readonly string[]> {
    if (fixedSecrets) return fixedSecrets;
    const found = await (secret as SecretFunction<Env>)(subscriptionId, env);
    return found == null || found.length === 0 ? [] : checkSecrets(found);
  }

  /** Makes an event's key for the store: copies under one secret, or under any, have the same. */
  async function keyFor(eventId: string, secret: string): Promise<string> {
    if (dedupeOptions?.by === 'event') return eventId;
    const fingerprint = await hmac(keyOf(secret), 'dedupe', new Uint8Array());
    return `${fingerprint.slice(0, 16)}:${eventId}`;
  }

  async function report(error: unknown, context: ErrorContext, status: number): Promise<void> {
    let failed = error;
    try {
      for (const { handler } of errorHandlers) await handler(error, context);
      if (errorHandlers.size > 0 || status < 500) return;
    } catch (failure) {
      failed = failure;
    }
    // A message may quote the event; ours never does.
    const what =
      failed instanceof DixaConfigurationError ? failed.message : `${(failed as Error)?.name}; see receiver.onError().`;
    console.error(`dixa-webhooks: a delivery failed: ${what}`);
  }

  /** Runs the handlers of an event, unless a copy of it was or is being handled. */
  async function handle(event: AnyEvent, context: DeliveryContext, secret: string): Promise<OnceOutcome> {
    // What waits for a timer comes after the answer.
    if (acknowledge === 'received') await new Promise((resolve) => setTimeout(resolve));
    const runAll = async () => {
      for (const handler of handlers.of(event.type)) await handler(event, context);
    };
    if (once && typeof event.event_id === 'string') {
      const onLeaseKept = (error: unknown) => report(error, { ...context, event }, 500);
      return once(await keyFor(event.event_id, secret), runAll, onLeaseKept);
    }
    await runAll();
    return 'handled';
  }

  /** Keeps work in mind until it is done. */
  function track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  }

  async function receive(delivery: Delivery<Env>): Promise<ReceiveResult> {
    // Whatever is handed over, even nothing: this never rejects.
    const { method = 'POST', headers, receivedAt = Date.now(), env, waitUntil } = Object(delivery) as Delivery<Env>;
    if (method !== 'POST') return { status: 405, headers: { allow: 'POST' }, outcome: 'refused' };

    let context: ErrorContext = { subscriptionId: undefined, receivedAt };
    // Whether an error of now is the sender's. The secret function and the handlers may throw whatever they like.
    let isSenders = true;
    const fail = async (error: unknown): Promise<ReceiveResult> => {
      const status = isSenders ? statusOf(error) : 500;
      await report(error, context, status);
      const close: Record<string, string> = status === 413 ? { connection: 'close' } : {};
      return { status, headers: close, outcome: status < 500 ? 'refused' : 'failed', event: context.event, error };
    };

    try {
      const subscriptionId = subscriptionIdOf(headers);
      context = { subscriptionId, receivedAt };
      const signature = parseSignature(headerOf(headers, 'x-dixa-signature'));
      const rawBody = bytesOf(typeof delivery.body === 'function' ? await delivery.body() : delivery.body);
      if (rawBody.length > maxBodyBytes) throw new BodyTooLarge(maxBodyBytes);
      isSenders = false;
      const secrets = await secretsOf(subscriptionId, env);
      isSenders = true;
      const { timestamp, secretIndex } = await verifyParsed(signature, rawBody, secrets, {
        toleranceMs,
        now: receivedAt,
      });
      const event = parseEvent(rawBody);
      isSenders = false;

      const verified = { subscriptionId, timestamp, secretIndex, receivedAt, rawBody };
      context = { ...verified, event };
      const work = track(handle(event, verified, secrets[secretIndex] ?? ''));
      let outcome: ReceiveResult['outcome'] = 'handled';
      if (acknowledge === 'received') {
        const reported = track(work.catch(fail));
        waitUntil?.(reported);
      } else outcome = await work;
      if (outcome === 'pending') return { status: 503, headers: { 'retry-after': RETRY_AFTER }, outcome, event };
      if (outcome === 'handled' && event.type === 'Unknown') outcome = 'unknown';
      return { status: 200, headers: {}, outcome, event };
    } catch (error) {
      return fail(error);
    }
  }

  return {
    on(type, handler) {
      const types: readonly string[] = typeof type === 'string' ? [type] : type;
      const unknown = types.find((name) => !isWebhookEventType(name));
      if (unknown === undefined) return handlers.add(types, handler);
      throw new DixaConfigurationError(`on(): ${unknown} is no known event type: onUnknown() gets newer ones.`);
    },
    onAny: (handler) => handlers.add(['*'], handler),
    onUnknown: (handler) => handlers.add(['Unknown'], handler),
    onError(handler) {
      const registration = { handler };
      errorHandlers.add(registration);
      return () => void errorHandlers.delete(registration);
    },
    receive,
    async fetch(request, platform) {
      const { method, headers: received } = request;
      const body = () => requestBody(request, maxBodyBytes);
      // As a method, because a platform's own context may come as it is.
      const waitUntil = (work: Promise<unknown>) => platform?.waitUntil?.(work);
      const { status, headers } = await receive({ method, headers: received, body, env: platform?.env, waitUntil });
      return new Response(null, { status, headers });
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
    maxBodyBytes,
  };
}

/** The answer to what a sender did wrong, and 500 to all else. */
function statusOf(error: unknown): number {
  if (error instanceof BodyTooLarge) return 413;
  if (error instanceof DixaPayloadError) return 400;
  if (error instanceof DixaSignatureError) return error.reason.endsWith('header') ? 400 : 401;
  return 500;
}
