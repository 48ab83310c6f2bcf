import { webhookEventTypes } from '../../generated/event-types.js';
import { DixaConfigurationError } from '../shared/errors.js';
import { isWebhookEventType } from '../shared/event-types.js';
import { bodyTooLarge, bytesOf } from './body.js';
import type { DedupeOptions } from './dedupe.js';
import { DixaPayloadError, DixaSignatureError } from './errors.js';
import type { UnknownWebhookEvent, WebhookEvent } from './events.js';
import { createHandlers, type DeliveryContext, type EventHandler } from './handlers.js';
import { headerOf, subscriptionIdOf } from './headers.js';
import { scopeOf } from './key.js';
import { createOnce } from './once.js';
import type {
  Delivery,
  ErrorContext,
  ErrorHandler,
  PlatformContext,
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

/** How often `idle` looks whether a handler is running, in milliseconds. */
const IDLE_POLL_MS = 10;

/** What an answer has beside its status; `retry-after` is in seconds. */
const headersOf: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  405: { allow: 'POST' },
  413: { connection: 'close' },
  503: { 'retry-after': '10' },
};

/**
 * Makes a receiver of Dixa's deliveries.
 * @throws DixaConfigurationError at a malformed secret
 * @example
 * const receiver = createReceiver({ secret })
 * receiver.on('ConversationCreated', (event) => console.log(event.data.conversation?.csid))
 * Deno.serve(receiver.fetch)
 */
export function createReceiver<Env = unknown>(options: ReceiverOptions<Env>): Receiver<Env> {
  const { secret, dedupe } = options;
  const isAnsweredFirst = options.acknowledge === 'received';
  const { toleranceMs = TOLERANCE_MS, maxBodyBytes = 1_048_576, pendingWaitMs = 10_000 } = options;
  const fixedSecrets = typeof secret === 'function' ? undefined : checkSecrets(secret);
  const {
    store,
    by,
    leaseMs = 60_000,
    keepMs = 86_400_000,
  }: Partial<DedupeOptions> = dedupe && 'claim' in dedupe ? { store: dedupe } : (dedupe ?? {});
  for (const [name, value] of Object.entries({ toleranceMs, maxBodyBytes, pendingWaitMs, leaseMs, keepMs })) {
    if (typeof value !== 'number' || !(value >= 0)) {
      throw new DixaConfigurationError(`${name} must be a number, 0 or more.`);
    }
  }
  if (dedupe && typeof store?.claim !== 'function') throw new DixaConfigurationError('dedupe must have a store.');
  // Where nobody waits for the answer, a copy outwaits the lease of a process that may have died.
  const waitMs = isAnsweredFirst ? leaseMs : pendingWaitMs;
  const once = store && createOnce(store, leaseMs, keepMs, waitMs);
  const handlers = createHandlers<EventHandler<never>>();
  const errorHandlers = createHandlers<ErrorHandler>();
  /** How many events are being handled. */
  let running = 0;

  /** The secrets that the secret function finds for a delivery; none refuses it. */
  async function findSecrets(subscriptionId: string | undefined, env: Env | undefined): Promise<readonly string[]> {
    const found = await (secret as SecretFunction<Env>)(subscriptionId, env);
    return found == null || found.length === 0 ? [] : checkSecrets(found);
  }

  /** Runs the handlers of an event, one after another: at once where they give nothing, for a promise costs time. */
  function runAll(event: AnyEvent, context: DeliveryContext): unknown {
    let done: unknown;
    for (const { handler } of handlers.of(event.type)) {
      const run = () => handler(event as never, context);
      done = done ? Promise.resolve(done).then(run) : run();
    }
    return done;
  }

  /** Handles an event, unless a copy of it was or is being handled, and tells what came of it. Never rejects. */
  async function handle(event: AnyEvent, context: DeliveryContext, secret: string): Promise<ReceiveResult> {
    const failed = (error: unknown) => fail(error, { ...context, event }, 500);
    running += 1;
    try {
      // What waits for a timer comes after the answer.
      if (isAnsweredFirst) await new Promise((resolve) => setTimeout(resolve));
      if (!once || typeof event.event_id !== 'string') await runAll(event, context);
      else {
        // Copies under one secret, or under any, have the same key.
        const scope = by === 'event' ? '' : await scopeOf(secret);
        const outcome = await once(scope + event.event_id, () => runAll(event, context), failed);
        if (outcome !== 'handled') return answer(outcome === 'pending' ? 503 : 200, outcome, event);
      }
      return answer(200, event.type === 'Unknown' ? 'unknown' : 'handled', event);
    } catch (error) {
      return await failed(error);
    } finally {
      running -= 1;
    }
  }

  /** Tells `onError` what was refused or failed, or else the console what failed, and gives the answer. Never rejects. */
  async function fail(error: unknown, context: ErrorContext, status: number): Promise<ReceiveResult> {
    const told = errorHandlers.of('');
    let isUnheard = told.length === 0 && status >= 500;
    let failed = error;
    try {
      for (const { handler } of told) await handler(error, context);
    } catch (failure) {
      isUnheard = true;
      failed = failure;
    }
    if (isUnheard) {
      let what = 'see receiver.onError().';
      try {
        // A message may quote the event; ours never does.
        what =
          failed instanceof DixaConfigurationError ? failed.message : `${/^\w*/.exec((failed as Error).name)}; ${what}`;
      } catch {
        // What was thrown has no name.
      }
      console.error(`dixa-webhooks: a delivery failed: ${what}`);
    }
    return answer(status, status < 500 ? 'refused' : 'failed', context.event, error);
  }

  async function receive(delivery: Delivery<Env>): Promise<ReceiveResult> {
    // Whatever is handed over, even nothing: this never rejects.
    const { method = 'POST', headers, receivedAt = Date.now(), env, waitUntil } = Object(delivery) as Delivery<Env>;

    let subscriptionId: string | undefined;
    // Whether an error of now is the sender's. The secret function may throw whatever it likes.
    let isSenders = true;
    try {
      if (method !== 'POST') throw new DixaPayloadError('The method is not POST.', 405);
      subscriptionId = subscriptionIdOf(headers);
      const signature = parseSignature(headerOf(headers, 'x-dixa-signature'));
      const rawBody = bytesOf(typeof delivery.body === 'function' ? await delivery.body() : delivery.body);
      if (rawBody.length > maxBodyBytes) throw bodyTooLarge(maxBodyBytes);
      isSenders = false;
      const secrets = fixedSecrets ?? (await findSecrets(subscriptionId, env));
      isSenders = true;
      const found = verifyParsed(signature, rawBody, secrets, toleranceMs, receivedAt);
      const { timestamp, secretIndex } = 'then' in found ? await found : found;
      const event = parseEvent(rawBody);

      // Not by spreading, which takes V8 half as long as the HMAC.
      const context = { timestamp, secretIndex, rawBody, subscriptionId, receivedAt };
      const result = handle(event, context, secrets[secretIndex] as string);
      if (!isAnsweredFirst) return await result;
      try {
        waitUntil?.(result);
      } catch (error) {
        // The handlers run all the same: another copy is not wanted.
        await fail(error, { ...context, event }, 500);
      }
      return answer(200, event.type === 'Unknown' ? 'unknown' : 'handled', event);
    } catch (error) {
      return fail(error, { subscriptionId, receivedAt }, isSenders ? statusOf(error) : 500);
    }
  }

  return {
    on(type, handler) {
      const types: readonly string[] = typeof type === 'string' ? [type] : type;
      const unknown = types.find((name) => !isWebhookEventType(name));
      if (unknown === undefined) return handlers.add(types, handler);
      throw new DixaConfigurationError(`on(): ${unknown} is no known event type: onUnknown() gets newer ones.`);
    },
    onAny: (handler) => handlers.add([...webhookEventTypes, 'Unknown'], handler),
    onUnknown: (handler) => handlers.add(['Unknown'], handler),
    onError: (handler) => errorHandlers.add([''], handler),
    receive,
    async fetch(request: Request, platform?: PlatformContext<Env>) {
      const { status, headers } = await receive({
        method: request.method,
        headers: request.headers,
        body: () => requestBody(request, maxBodyBytes),
        env: platform?.env,
        // As a method, because a platform's own context may come as it is.
        waitUntil: (work) => platform?.waitUntil?.(work),
      });
      return new Response(null, { status, headers });
    },
    async idle() {
      // By a timer of its own: on Workers a promise that another request resolves counts as one that never will be.
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, IDLE_POLL_MS));
    },
    maxBodyBytes,
  };
}

function answer(
  status: number,
  outcome: ReceiveResult['outcome'],
  event: AnyEvent | undefined,
  error?: unknown,
): ReceiveResult {
  return { status, headers: { ...headersOf[status] }, outcome, event, error };
}

/** The answer to what a sender did wrong, and 500 to all else. */
function statusOf(error: unknown): number {
  if (error instanceof DixaPayloadError) return error.status;
  if (error instanceof DixaSignatureError) return error.reason.endsWith('header') ? 400 : 401;
  return 500;
}
