import { DixaConfigurationError, signPayload } from 'dixa-webhooks/receiver';
import { printAsDixa } from '../shared/dixa-json.js';
import { nearest } from '../shared/nearest.js';
import { checkOptions } from './options.js';
import { isObject } from './sample.js';
import type { SignedDelivery } from './types.js';

const DAY_MS = 86_400_000;

/** The ways to spoil a delivery: a receiver must refuse each of them. */
export const spoilings = [
  /** There is no signature. */
  'unsigned',
  /** The signature header is malformed. */
  'garbled',
  /** The body was changed after it was signed. */
  'tampered',
  /** It was signed with another secret. */
  'wrong-secret',
  /** The body was parsed and printed again, as a body parser and `JSON.stringify` do. */
  'reserialised',
  /** It was signed a day ago. */
  'stale',
  /** It was signed a day ahead. */
  'future',
  /** It is signed, but the body is not an event. */
  'not-an-event',
] as const;

/** A way to spoil a delivery; {@link spoilings} lists them. */
export type Spoiling = (typeof spoilings)[number];

/** Options of {@link signedDelivery}. */
export interface SignedDeliveryOptions {
  /** The secret to sign with: the hex of at least 16 bytes. */
  readonly secret: string;
  /**
   * When it was signed, in epoch milliseconds.
   * @default Date.now()
   */
  readonly timestamp?: number | undefined;
  /**
   * The id of the subscription, a UUID: the value of `X-DIXA-SUBSCRIPTION-ID`.
   * @default '00000000-0000-4000-8000-000000000000'
   */
  readonly subscriptionId?: string | undefined;
  /** The headers that the subscription adds, such as `Authorization`. They cannot replace those of Dixa's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Makes a delivery that a receiver must refuse. */
  readonly spoil?: Spoiling | undefined;
}

/**
 * Signs an event as Dixa does, ready to send. The body is printed byte for byte as Dixa prints it (observed).
 * @param event an event of {@link sampleEvent}, or any object; its `type` is left out, because Dixa does not send it
 * @throws DixaConfigurationError if the event is not JSON, or the secret, the time or another option is wrong
 * @example
 * const delivery = await signedDelivery(sampleEvent('ConversationRated'), { secret })
 * const { status } = await receiver.receive(delivery)
 */
export async function signedDelivery(event: object, options: SignedDeliveryOptions): Promise<SignedDelivery> {
  if (!isObject(event)) refuse('The event must be an object, such as sampleEvent(…).');
  checkOptions(options, { secret: true, timestamp: true, subscriptionId: true, headers: true, spoil: true });
  const { secret, timestamp = Date.now(), headers = {}, spoil } = options;
  const { subscriptionId = '00000000-0000-4000-8000-000000000000' } = options;
  if (!isObject(headers) || Object.values(headers).some((value) => typeof value !== 'string')) {
    refuse('headers must be an object of strings: Object.fromEntries() makes one of Headers.');
  }
  const { type: _, ...sent } = event as { readonly type?: unknown };
  const body = print(sent);
  const signature = await signPayload({ body, secret, timestamp });
  const delivery = { body, signature, secret, timestamp };
  const final = spoil ? await wayTo(spoil)(delivery) : delivery;
  return {
    method: 'POST',
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      'content-type': 'application/json',
      ...(final.signature && { 'x-dixa-signature': final.signature }),
      'x-dixa-subscription-id': subscriptionId,
    },
    body: final.body,
  };
}

function print(event: object): string {
  try {
    return printAsDixa(event);
  } catch (cause) {
    throw new DixaConfigurationError('The event is not JSON: it has a bigint, contains itself, or the like.', {
      cause,
    });
  }
}

/** A delivery before it is spoiled. */
interface Signed {
  readonly body: string;
  readonly signature: string;
  readonly secret: string;
  readonly timestamp: number;
}

type Spoiled = Pick<Signed, 'body'> & Partial<Signed>;

const ways: Readonly<Record<Spoiling, (signed: Signed) => Spoiled | Promise<Spoiled>>> = {
  unsigned: ({ body }) => ({ body }),
  garbled: ({ body, signature }) => ({ body, signature: signature.replace('v1=', 'v1=?') }),
  tampered: ({ body, signature }) => ({ body: body.replace(/\}$/, ' }'), signature }),
  'wrong-secret': (signed) => sign({ ...signed, secret: (/^0+$/.test(signed.secret) ? '1' : '0').repeat(64) }),
  reserialised: ({ body, signature }) => ({ body: JSON.stringify(JSON.parse(body)), signature }),
  stale: (signed) => sign({ ...signed, timestamp: signed.timestamp - DAY_MS }),
  future: (signed) => sign({ ...signed, timestamp: signed.timestamp + DAY_MS }),
  'not-an-event': (signed) => sign({ ...signed, body: '"not an event"' }),
};

async function sign(delivery: Signed): Promise<Signed> {
  return { ...delivery, signature: await signPayload(delivery) };
}

function wayTo(spoil: Spoiling): (typeof ways)[Spoiling] {
  if (Object.hasOwn(ways, spoil)) return ways[spoil];
  return refuse(`There is no spoiling ${String(spoil)}: use ${nearest(spoil, spoilings) ?? spoilings.join(', ')}.`);
}

function refuse(message: string): never {
  throw new DixaConfigurationError(message);
}
