import { DixaConfigurationError, signPayload } from 'dixa-webhooks/receiver';
import { printAsDixa } from '../shared/dixa-json.js';
import { nearest } from '../shared/nearest.js';
import { isPlainObject } from '../shared/plain-object.js';
import { checkOptions } from './options.js';
import type { SignedDelivery } from './types.js';

const DAY_MS = 86_400_000;

/** The ways to spoil a delivery. A receiver must refuse every one of them. */
export const spoilings = [
  /** The signature header is missing. */
  'unsigned',
  /** The signature header is malformed. */
  'garbled',
  /** The body was changed after it was signed. */
  'tampered',
  /** It was signed with a different secret. */
  'wrong-secret',
  /** The body was parsed and serialised again, as a body parser and `JSON.stringify` do. */
  'reserialised',
  /** Its timestamp is one day in the past. */
  'stale',
  /** Its timestamp is one day in the future. */
  'future',
  /** The signature is valid, but the body is not an event. */
  'not-an-event',
] as const;

/** One of the {@link spoilings}. */
export type Spoiling = (typeof spoilings)[number];

/** Options for {@link signedDelivery}. */
export interface SignedDeliveryOptions {
  /** The secret to sign with: the hex of at least 16 bytes. */
  readonly secret: string;
  /**
   * The time of the signature, in epoch milliseconds.
   * @default Date.now()
   */
  readonly timestamp?: number | undefined;
  /**
   * The id of the subscription, a UUID. It is sent as `X-DIXA-SUBSCRIPTION-ID`.
   * @default '00000000-0000-4000-8000-000000000000'
   */
  readonly subscriptionId?: string | undefined;
  /**
   * The subscription's own headers, such as `Authorization`. They cannot replace the headers that Dixa sets.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Spoils the delivery in this way, so that a receiver must refuse it.
   * @default none
   */
  readonly spoil?: Spoiling | undefined;
}

/**
 * Creates a signed delivery of an event. It is signed the way Dixa signs, and its body is formatted byte for byte like
 * Dixa's (observed).
 * @param event an event from {@link sampleEvent}, or any object; its `type` is omitted, because Dixa does not send it
 * @throws DixaConfigurationError if the event cannot be serialised as JSON, or an option is invalid
 * @example
 * const delivery = await signedDelivery(sampleEvent('ConversationRated'), { secret })
 * const { status } = await receiver.receive(delivery)
 */
export async function signedDelivery(event: object, options: SignedDeliveryOptions): Promise<SignedDelivery> {
  if (!isPlainObject(event)) refuse('The event must be an object, such as sampleEvent(…).');
  checkOptions(options, { secret: true, timestamp: true, subscriptionId: true, headers: true, spoil: true });
  const { secret, timestamp = Date.now(), headers = {}, spoil } = options;
  const { subscriptionId = '00000000-0000-4000-8000-000000000000' } = options;
  if (!isPlainObject(headers) || Object.values(headers).some((value) => typeof value !== 'string')) {
    refuse('headers must be an object of strings: convert Headers with Object.fromEntries().');
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
    throw new DixaConfigurationError(
      'The event cannot be serialised as JSON: it contains, for example, a bigint or a reference to itself.',
      {
        cause,
      },
    );
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
  return refuse(`Unknown spoiling ${String(spoil)}: use ${nearest(spoil, spoilings) ?? spoilings.join(', ')}.`);
}

function refuse(message: string): never {
  throw new DixaConfigurationError(message);
}
