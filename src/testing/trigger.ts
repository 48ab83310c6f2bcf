import { DixaConfigurationError, type WebhookEvent, type WebhookEventType } from 'dixa-webhooks/receiver';
import { isLoopback } from '../shared/loopback.js';
import type { Account, Subscription } from './account.js';
import { signedDelivery } from './delivery.js';
import { checkOptions } from './options.js';
import { sampleEvent } from './sample.js';
import type { SampleOverrides, SandboxDelivery, SandboxOptions, TriggerOptions } from './types.js';

/** How long a receiver may take, in milliseconds. Assumed: Dixa does not document how long it waits. */
const TIMEOUT_MS = 10_000;

type Deliver = NonNullable<SandboxOptions['deliver']>;

/** The outcome of one attempt. */
type Attempt = Pick<SandboxDelivery, 'sent' | 'success' | 'status' | 'reason'> & { readonly responseText?: string };

/**
 * Delivers a sample event to its subscribers. Resolves with the outcome of every attempt, including copies and retries.
 */
export async function trigger<T extends WebhookEventType>(
  account: Account,
  deliver: Deliver | undefined,
  type: T,
  overrides?: SampleOverrides<T>,
  options: TriggerOptions = {},
): Promise<SandboxDelivery[]> {
  checkOptions(options, { copies: true, delayMs: true, retries: true });
  const { copies = 1, delayMs = 0, retries = 0 } = options;
  checkNumber('copies', copies, 1_000);
  checkNumber('retries', retries, 1_000);
  checkNumber('delayMs', delayMs, 600_000);
  // Deliveries of an event to several subscriptions share its id (inferred), and so do copies.
  const event = sampleEvent(type, overrides);
  const { type: _, ...payload } = event;

  async function deliverTo(subscription: Subscription): Promise<SandboxDelivery[]> {
    const { id: subscriptionId, url } = subscription;
    const attempts: Attempt[] = [];
    do {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      const attempt = await send(subscription, event, deliver);
      attempts.push(attempt);
      if (!attempt.sent) break;
      const { success, status: responseCode, responseText = '' } = attempt;
      const deliveryDetail = { deliveryTimestamp: new Date().toISOString(), success, responseCode, responseText };
      account.log(subscriptionId, type, { deliveryDetail, payload: JSON.stringify(payload) });
    } while (!attempts.at(-1)?.success && attempts.length <= retries);
    return attempts.map(({ sent, success, status, reason }) => {
      const eventId = event.event_id;
      return { subscriptionId, url, eventId, sent, success, status, ...(reason !== undefined && { reason }) };
    });
  }

  const due = account.subscribersOf(type).flatMap((subscription) => Array<Subscription>(copies).fill(subscription));
  return (await Promise.all(due.map(deliverTo))).flat();
}

async function send(subscription: Subscription, event: WebhookEvent, deliver: Deliver | undefined): Promise<Attempt> {
  const { id: subscriptionId, url, secretKey: secret, headers } = subscription;
  const delivery = await signedDelivery(event, { secret, subscriptionId, headers });
  let request: Request;
  try {
    request = new Request(url, { ...delivery, redirect: 'manual' });
  } catch {
    // The platform's message may quote a header.
    return notSent('The url or a header of the subscription is not valid.');
  }
  if (!deliver && !isLoopback(new URL(url).hostname)) {
    return notSent('The url is not a loopback address, and deliver is not set.');
  }
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no response within ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS);
  });
  try {
    // Only the network needs the signal, which takes a tenth of the time of an in-process delivery.
    const responding = deliver ? deliver(request) : fetch(request, { signal: controller.signal });
    const response = await Promise.race([responding, late]);
    const { ok: success, status, statusText: responseText } = Object(response) as Response;
    if (typeof success !== 'boolean' || typeof status !== 'number') {
      throw new Error('deliver() must return a Response, as receiver.fetch does.');
    }
    discard(response);
    return { sent: true, success, status, responseText };
  } catch (error) {
    controller.abort();
    const reason = reasonOf(error);
    return { sent: true, success: false, status: 0, responseText: reason, reason };
  } finally {
    clearTimeout(timer);
  }
}

/** Frees the connection. A body that deliver() has read or locked cannot be cancelled, and does not have to be. */
async function discard({ body }: Response): Promise<void> {
  await Promise.allSettled([body?.cancel?.()]);
}

function checkNumber(name: keyof TriggerOptions, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  throw new DixaConfigurationError(`${name} must be a whole number from 0 to ${most}.`);
}

function notSent(reason: string): Attempt {
  return { sent: false, success: false, status: 0, reason };
}

/** Why there was no response: the platform's code, such as ECONNREFUSED, if there is one. */
function reasonOf(error: unknown): string {
  try {
    const { message, cause } = Object(error) as { message?: unknown; cause?: { code?: unknown; message?: unknown } };
    // The error for a port that fetch blocks, such as 6000, has no code.
    return String(cause?.code ?? (cause?.message ? `${message}: ${cause.message}` : (message ?? error)));
  } catch {
    return 'deliver() threw a value without a message.';
  }
}
