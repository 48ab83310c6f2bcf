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
  'a time in seconds': async () => {
    const t = Math.floor(startOfTime / 1000);
    return verify({ signature: await signPayload({ body, secret, timestamp: t }) });
  },
  'a time that is none': async () => (await rejection(signPayload({ body, secret, timestamp: 1.5 }))).message,
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
      "a body over the limit": "The body is larger than maxBodyBytes (100).",
      "a body that is no event": "The body is not a JSON object.",
      "a body that was decoded": "The body was decoded before its signature was verified: pass the raw body (dixa-webhooks/README.md#raw-body).",
      "a body that was decoded and encoded again": "No secret matches: is it from another subscription, or was the body changed (dixa-webhooks/README.md#raw-body)?",
      "a body that was lost midway": "The connection was lost while reading the body.",
      "a body that was parsed": "The body was parsed, for example by express.json(), before its signature was verified: pass the raw body (dixa-webhooks/README.md#raw-body).",
      "a body that was read before": "The body was read before its signature was verified: pass the raw body (dixa-webhooks/README.md#raw-body).",
      "a delivery from the future": "The delivery is 60 min ahead (tolerance: 300 s): check the clock; after a queue, pass the time of arrival.",
      "a delivery too old": "The delivery is 301 s old (tolerance: 300 s): check the clock; after a queue, pass the time of arrival.",
      "a garbled header": "The X-DIXA-SIGNATURE header is not t=<milliseconds>,v1=<hex>.",
      "a method that is not POST": "The method is not POST.",
      "a missing header": "The X-DIXA-SIGNATURE header is missing: does a proxy remove it?",
      "a secret in quotes": "secret is in quotes: pass the secretKey of the subscription unchanged (dixa-webhooks/README.md#secrets).",
      "a secret that is cut": "secret is cut or too short: pass the secretKey of the subscription unchanged (dixa-webhooks/README.md#secrets).",
      "a secret that is not hex": "secret is not hex: pass the secretKey of the subscription unchanged (dixa-webhooks/README.md#secrets).",
      "a secret with white space": "secret has white space: pass the secretKey of the subscription unchanged (dixa-webhooks/README.md#secrets).",
      "a subscription without a secret": "The secret function found no secret for the X-DIXA-SUBSCRIPTION-ID header.",
      "a time in seconds": "The delivery is 498229 h old (tolerance: 300 s): is t in seconds? It must be milliseconds.",
      "a time that is none": "timestamp must be a whole number of epoch milliseconds, such as Date.now().",
      "a type that is none": "on(): unknown event type Made: use onUnknown() for newer ones.",
      "an API token as secret": "secret looks like an API token: pass the secretKey of the subscription unchanged (dixa-webhooks/README.md#secrets).",
      "an empty secret": "No secret: pass the secretKey of the subscription as secret, or set DIXA_WEBHOOK_SECRET.",
      "an option that is no number": "maxBodyBytes must be a number, 0 or more.",
      "another secret": "No secret matches: is it from another subscription, or was the body changed (dixa-webhooks/README.md#raw-body)?",
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
    'another secret',
    'a secret in quotes',
    'an API token as secret',
  ])('%s points at a part of the README that is there', async (name) => {
    const [, anchor = ''] = /\(dixa-webhooks\/README\.md#([a-z-]+)\)/.exec((await said[name]?.()) ?? '') ?? [];
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(headings).toContain(anchor);
  });
});
