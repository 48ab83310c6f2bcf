import { parseEvent, signPayload } from 'dixa-webhooks/receiver';
import { spaceAsDixa } from '../shared/dixa-json.js';
import { isPlainObject } from '../shared/plain-object.js';
import { aFunction, aUuid, checkObject, isString, passes, type Rules, refuse, someHeaders } from './checks.js';
import type { LoggedDelivery } from './failed-deliveries.js';

/** A delivery with a new signature. Pass it to `receiver.receive()`. */
export interface ReplayedRequest {
  readonly method: 'POST';
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The payload, formatted like Dixa's deliveries. */
  readonly body: string;
}

/** The response of a receiver: what `receiver.receive()` resolves with. */
export interface ReplayResponse {
  /** The HTTP status. */
  readonly status: number;
  /** Why the delivery was refused or failed. */
  readonly error?: unknown;
}

interface CommonOptions {
  /** The `secretKey` of the subscription, from `dixa.get(id)`. */
  readonly secret: string;
  /**
   * Additional headers, such as the `headers` from `dixa.get(id)`, which include the authorization. They cannot replace
   * the headers that Dixa sets: the signature, the subscription id and the content type.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options for {@link replayDelivery} that send the delivery over HTTP. */
export interface ReplayToUrl extends CommonOptions {
  /** The URL of the receiver. Redirects are not followed. */
  readonly to: string | URL;
  /**
   * How long to wait for the response, in milliseconds.
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  readonly receive?: undefined;
}

/** Options for {@link replayDelivery} that pass the delivery to a receiver in this process. */
export interface ReplayToReceiver extends CommonOptions {
  /**
   * Called with the delivery. Returns the response of the receiver.
   * @example receiver.receive
   * @example (delivery) => receiver.receive({ ...delivery, env })
   */
  readonly receive: (delivery: ReplayedRequest) => ReplayResponse | Promise<ReplayResponse>;
  readonly to?: undefined;
  readonly timeoutMs?: undefined;
}

/** Options for {@link replayDelivery}. */
export type ReplayOptions = ReplayToUrl | ReplayToReceiver;

/** The outcome of a replay. */
export interface ReplayResult {
  /** Whether the response was 2xx. */
  readonly success: boolean;
  /** The HTTP status of the response, or 0 if there was none. */
  readonly status: number;
  /** Why the delivery was refused or got no response, if known. */
  readonly reason: string | undefined;
}

/**
 * Sends a delivery from the logs again. It is formatted like Dixa's deliveries and signed with the current time, and
 * keeps its `event_id` and `X-DIXA-SUBSCRIPTION-ID`. The receiver's handlers and `dedupe` treat it like any other
 * delivery. Resolves with the outcome, even if the delivery is refused or gets no response.
 * @throws DixaInputError if an argument is invalid, or the payload is not a JSON object.
 * @throws DixaConfigurationError if the secret is malformed.
 * @example
 * const { secretKey: secret } = await dixa.get(id)
 * const { deliveries } = await failedDeliveries(dixa, id)
 * for (const delivery of deliveries) {
 *   const { success, status, reason } = await replayDelivery(delivery, { to: 'http://localhost:3000/dixa', secret })
 *   if (!success) console.error(delivery.eventId, status, reason)
 * }
 */
export async function replayDelivery(delivery: LoggedDelivery, options: ReplayOptions): Promise<ReplayResult> {
  checkArguments(delivery, options);
  const request = await signAnew(delivery, options);
  return options.receive ? received(await options.receive(request)) : send(request, options);
}

const rules = {
  secret: ['must be the secretKey of the subscription', isString],
  headers: someHeaders,
  to: [
    'must be an absolute https: or http: URL without credentials',
    // With credentials, fetch throws an error that quotes them.
    (value) => /^https?:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(String(value)),
  ],
  receive: aFunction,
  timeoutMs: [
    'must be a whole number from 1 to 2147483647',
    (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 31,
  ],
} satisfies Rules<keyof ReplayToUrl>;

function checkArguments(delivery: LoggedDelivery, options: ReplayOptions): void {
  if (!isPlainObject(delivery) || !isString(delivery.payload) || !aUuid[1](delivery.subscriptionId)) {
    refuse('delivery', 'must come from failedDeliveries()');
  }
  if (!passes(() => parseEvent(delivery.payload))) refuse('delivery.payload', 'must be a JSON object');
  checkObject(rules, options, 'options', '');
  if (options.secret == null) refuse('secret', rules.secret[0]);
  if ((options.to == null) === (options.receive == null)) refuse('to', 'or receive must be set, not both');
}

async function signAnew(delivery: LoggedDelivery, options: CommonOptions): Promise<ReplayedRequest> {
  const body = spaceAsDixa(delivery.payload);
  const headers = new Headers(options.headers ?? {});
  headers.set('content-type', 'application/json');
  headers.set('x-dixa-signature', await signPayload({ body, secret: options.secret }));
  headers.set('x-dixa-subscription-id', delivery.subscriptionId);
  return { method: 'POST', headers: Object.fromEntries(headers), body };
}

function received(response: ReplayResponse): ReplayResult {
  const { status, error } = Object(response) as Partial<ReplayResponse>;
  if (!status) refuse('receive', 'must resolve with a status');
  return outcome(status, error instanceof Error ? error.message : undefined);
}

async function send(request: ReplayedRequest, { to, timeoutMs }: ReplayToUrl): Promise<ReplayResult> {
  const limitMs = timeoutMs ?? 30_000;
  try {
    const signal = AbortSignal.timeout(limitMs);
    const { status, body } = await fetch(to, { ...request, redirect: 'manual', signal });
    // Only the status counts, so a truncated body does not matter.
    body?.cancel().catch(() => {});
    return outcome(status, status >= 300 && status < 400 ? 'a redirect' : undefined);
  } catch (error) {
    const { name, cause } = Object(error);
    const { code, message } = Object(cause ?? error);
    if (name === 'TimeoutError') return outcome(0, `no response in ${limitMs} ms`);
    // Deno's errors have no code and quote the URL, whose query may contain a token.
    return outcome(0, `no response (${code ?? String(message).replace(/\?\S*/, '')})`);
  }
}

function outcome(status: number, reason: string | undefined): ReplayResult {
  return { success: status >= 200 && status < 300, status, reason };
}
