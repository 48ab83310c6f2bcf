import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bodyLost, notRaw } from '../../../src/receiver/body.js';
import {
  createReceiver,
  parseEvent,
  type RawBody,
  signPayload,
  verifySignature,
  type WebhookEventType,
} from '../../../src/receiver/index.js';
import { startOfTime } from '../../support/fake-clock.js';
import { delivery, eventText, otherSecret, rejection, secret, thrown } from '../../support/receiver-delivery.js';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const personal = 'someone@example.test';
const body = eventText({ data: { author: { email: personal } } });
const signature = await signPayload({ body, secret, timestamp: startOfTime });
const verify = async (options: { body?: unknown; signature?: string; secret?: string; now?: number }) =>
  (await rejection(verifySignature({ body, signature, secret, now: startOfTime, ...options } as never))).message;
const refusedSecret = (value: unknown) => thrown(() => createReceiver({ secret: value as string })).message;

/** The error of a delivery by way of `receive()` or `fetch`. */
async function reported(
  run: (receiver: ReturnType<typeof createReceiver>) => Promise<unknown>,
  options = {},
): Promise<string> {
  const receiver = createReceiver({ secret, ...options });
  const messages: string[] = [];
  receiver.onError((error) => messages.push((error as Error).message));
  await run(receiver);
  return messages.join('\n');
}

const said: Record<string, () => string | Promise<string>> = {
  'a body that was parsed': () => verify({ body: JSON.parse(body) }),
  'a body that was decoded and encoded again': () => verify({ body: JSON.stringify(JSON.parse(body)) }),
  'a body that was read before': () =>
    reported(async ({ fetch }) => {
      const request = new Request('https://example.test', { ...(await delivery(body)), method: 'POST' } as RequestInit);
      await request.text();
      await fetch(request);
    }),
  'a body over the limit': () => reported(async ({ receive }) => receive(await delivery(body)), { maxBodyBytes: 100 }),
  'a body that was lost midway': () =>
    reported(({ receive }) =>
      receive({ headers: { 'x-dixa-signature': signature }, body: () => Promise.reject(bodyLost()) }),
    ),
  'a body that was decoded': () => notRaw('decoded').message,
  'a method that is not POST': () => reported(({ receive }) => receive({ method: 'GET', headers: {}, body: '' })),
  'a subscription without a secret': () =>
    reported(async ({ receive }) => receive(await delivery(body)), { secret: () => undefined }),
  'a body that is no event': () => thrown(() => parseEvent(`["${personal}"]` as RawBody)).message,
  'a missing header': () => verify({ signature: '' }),
  'a garbled header': () => verify({ signature: 't=1,v1=x' }),
  'another secret': () => verify({ secret: otherSecret }),
  'a delivery too old': () => verify({ now: startOfTime + 300_001 }),
  'a delivery from the future': () => verify({ now: startOfTime - 3_600_000 }),
  'an empty secret': () => refusedSecret(''),
  'a secret with white space': () => refusedSecret(`${secret}\n`),
  'a secret in quotes': () => refusedSecret(`"${secret}"`),
  'an API token as secret': () => refusedSecret('eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl'),
  'a secret that is not hex': () => refusedSecret(`0x${secret}`),
  'a secret that is cut': () => refusedSecret(secret.slice(1)),
  'an option that is no number': () =>
    thrown(() => createReceiver({ secret, maxBodyBytes: '1mb' as unknown as number })).message,
  'a type that is none': () =>
    thrown(() => createReceiver({ secret }).on('Made' as WebhookEventType, () => {})).message,
};

it('each message says what is wrong and what to do', async () => {
  const messages: Record<string, string> = {};
  for (const [name, of] of Object.entries(said)) messages[name] = await of();
  expect(messages).toMatchInlineSnapshot(`
    {
      "a body over the limit": "The body is over maxBodyBytes, 100.",
      "a body that is no event": "The body is not a JSON object.",
      "a body that was decoded": "The body was decoded before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).",
      "a body that was decoded and encoded again": "No secret matches: is it another subscription's, or was the body re-encoded? (dixa-webhooks/README.md#raw-body).",
      "a body that was lost midway": "The connection was lost within the body.",
      "a body that was parsed": "The body was parsed before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).",
      "a body that was read before": "The body was read before its signature was verified: hand over the raw body (dixa-webhooks/README.md#raw-body).",
      "a delivery from the future": "The delivery is 3600000 ms ahead, over 300000: check the clock, or pass receivedAt after a queue (dixa-webhooks/README.md#receive-events).",
      "a delivery too old": "The delivery is 300001 ms old, over 300000: check the clock, or pass receivedAt after a queue (dixa-webhooks/README.md#receive-events).",
      "a garbled header": "The X-DIXA-SIGNATURE header is not t=<milliseconds>,v1=<hex>.",
      "a method that is not POST": "The method is not POST.",
      "a missing header": "There is no X-DIXA-SIGNATURE header: does a proxy drop it?",
      "a secret in quotes": "secret is in quotes: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "a secret that is cut": "secret is cut or too short: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "a secret that is not hex": "secret is not hex: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "a secret with white space": "secret has white space: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "a subscription without a secret": "There is no secret for this subscription.",
      "a type that is none": "on(): Made is no known event type: onUnknown() gets newer ones.",
      "an API token as secret": "secret looks like an API token: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "an empty secret": "secret is empty or no string: give the subscription's secretKey as it is (dixa-webhooks/README.md#receive-events).",
      "an option that is no number": "maxBodyBytes must be a number, 0 or more.",
      "another secret": "No secret matches: is it another subscription's, or was the body re-encoded? (dixa-webhooks/README.md#raw-body).",
    }
  `);
});

describe('the message of', () => {
  it.each(Object.entries(said))('%s is one line, short, and quotes neither secret nor payload', async (_, of) => {
    const message = await of();
    expect(message).toMatch(/^[^\n]{20,230}$/);
    for (const hidden of [secret, otherSecret, secret.slice(1), 'eyJ', personal, signature])
      expect(message).not.toContain(hidden);
  });

  it.each([
    'a body that was parsed',
    'a body that was decoded and encoded again',
    'a body that was read before',
    'a delivery too old',
    'another secret',
    'an empty secret',
    'a secret in quotes',
    'an API token as secret',
  ])('%s points at a part of the README that is there', async (name) => {
    const [, anchor = ''] = /\(dixa-webhooks\/README\.md#([a-z-]+)\)\.$/.exec((await said[name]?.()) ?? '') ?? [];
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor);
  });
});
