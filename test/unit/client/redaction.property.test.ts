import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basicAuth,
  createDixaWebhooks,
  type DixaWebhooksOptions,
  tokenAuth,
  type WebhookAuthorization,
} from '../../../src/client/index.js';
import { createRedact } from '../../../src/client/redact.js';
import { json, newSubscription } from '../../support/fake-dixa.js';
import { base64, encodings, everythingShownOf } from '../../support/secrets.js';

/** Characters that encodings trip over, and ordinary ones. */
const character = fc.oneof(
  fc.constantFrom(...'"\'\\/%+&=<>{}[]()!*~:;, $^.|?#@-_', 'é', 'ß', '中', '🔑', '\u2028', '\n', '\t'),
  fc.constantFrom(...'abcXYZ0189'),
);
/** Marked, so that unrelated text does not contain it by chance. */
const marked = (text: fc.Arbitrary<string>) => text.map((inner) => `s3c${inner}r3t`);
const secret = marked(fc.string({ unit: character, maxLength: 24 }));
const visible = marked(
  fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
);
const headerValue = marked(
  fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
);

interface Secrets {
  readonly apiKey: string;
  readonly header: string;
  readonly callHeader: string;
  readonly customHeader: string;
  readonly credential: string;
}
const secrets = fc.record({
  apiKey: visible,
  header: headerValue,
  callHeader: headerValue,
  // The client refuses line breaks, which are invalid in headers.
  customHeader: secret.map((text) => text.replaceAll(/[\r\n]/g, '')),
  credential: secret,
});
const authorization: fc.Arbitrary<(credential: string) => WebhookAuthorization> = fc.constantFrom(
  tokenAuth,
  (password: string) => basicAuth('user', password),
);
const encoding = fc.constantFrom(...Object.keys(encodings));

/** Replies that echo a text somewhere. */
const echoes: Readonly<Record<string, (text: string) => Response>> = {
  'in the message': (text) => json({ message: `Not allowed: ${text}.` }, 400),
  'in a nested body': (text) => json({ message: 'no', errors: [{ at: { [text]: [text] } }] }, 422),
  'in JSON within the message': (text) => json({ message: JSON.stringify({ sent: { x: text } }) }, 409),
  'in a page': (text) => new Response(`<html>${text}</html>`, { status: 418 }),
  'in a page that is a success': (text) => new Response(`<html>${text}</html>`),
  'in cut JSON': (text) => new Response(`{"data": {"x": ${JSON.stringify(text)}`),
  'in data of the wrong shape': (text) => json({ data: text }),
};

async function errorFrom(options: DixaWebhooksOptions, all: Secrets, auth: WebhookAuthorization): Promise<unknown> {
  const dixa = createDixaWebhooks({ headers: { 'X-Client': all.header }, ...options, apiKey: all.apiKey });
  const body = { ...newSubscription, authorization: auth, customHeaders: { 'X-Custom': all.customHeader } };
  const error = await dixa.create(body, { headers: { 'X-Call': all.callHeader } }).then(
    () => new Error('The call was to fail.'),
    (error: unknown) => error,
  );
  const shown = everythingShownOf(dixa);
  for (const value of Object.values(all)) expect(shown).not.toContain(value);
  return error;
}

/** Fails if a secret is shown, in any encoding. */
function expectClean(shown: string, all: Secrets): void {
  const spellings = Object.values(all).flatMap((text) => Object.values(encodings).map((encode) => encode(text)));
  const values = [...Object.values(all), ...Object.values(all).map((text) => text.trim())];
  for (const text of [...spellings, ...values, base64(`user:${all.credential}`)]) expect(shown).not.toContain(text);
}

it.each(Object.entries(encodings))('a secret is hidden, and nothing around it: %s', (_, encode) => {
  fc.assert(
    fc.property(secret, fc.array(secret, { maxLength: 3 }), (text, others) => {
      const shown = createRedact([text, ...others])(`before ${encode(text)} after`);
      expect(shown.replace(/(=|%3D)+ /, ' ')).toBe('before [redacted] after');
    }),
  );
});

describe('secrets that a server echoes', () => {
  it.each(Object.entries(echoes))('are nowhere in what is shown of the error: %s', async (_, echo) => {
    await fc.assert(
      fc.asyncProperty(secrets, encoding, authorization, async (all, encodingName, authorize) => {
        const encode = encodings[encodingName] ?? String;
        const echoed = Object.values(all).map(encode).join(' | ');
        const error = await errorFrom({ fetch: async () => echo(echoed) }, all, authorize(all.credential));
        expect(error).toHaveProperty('isDixaError', true);
        expectClean(everythingShownOf(error), all);
      }),
      { numRuns: 25 },
    );
  });

  it('are nowhere in the headers of the error', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, authorization, async (all, authorize) => {
        const url = (text: string) => encodeURIComponent(text);
        const headers = {
          'X-Echo': [all.apiKey, all.header, all.callHeader, ...Object.values(all).map(url)].join(', '),
          'X-Basic': `Basic ${base64(`user:${all.credential}`)}`,
          'X-Other': '-',
        };
        const error = await errorFrom(
          { fetch: async () => json({ message: headers['X-Basic'] }, 400, headers) },
          all,
          authorize(all.credential),
        );
        const shown = everythingShownOf(error);
        expect(shown).toContain('x-other');
        expect(shown).not.toContain('x-echo');
        for (const text of [all.apiKey, all.header, all.callHeader]) expect(shown).not.toContain(text);
        for (const text of Object.values(all)) expect(shown).not.toContain(url(text));
      }),
      { numRuns: 25 },
    );
  });

  it('are nowhere where the server echoes the credential that was made of them', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, async (all) => {
        const credential = base64(`user:${all.credential}`);
        const fetch = async () => json({ message: `Basic ${credential}`, header: credential }, 400);
        const shown = everythingShownOf(await errorFrom({ fetch }, all, basicAuth('user', all.credential)));
        expect(shown).not.toContain(credential);
      }),
    );
  });

  it('are nowhere where a custom fetch quotes them in what it throws', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, encoding, authorization, async (all, encodingName, authorize) => {
        const encode = encodings[encodingName] ?? String;
        const logged: string[] = [];
        const fetch = async (_: string, { headers, body }: RequestInit) => {
          const quoted = [...new Headers(headers)].map(([, value]) => encode(value)).join(' ');
          const inner = Object.assign(new Error(`${body}`), { code: quoted, request: { headers } });
          throw Object.assign(new TypeError(`cannot send ${quoted}`, { cause: inner }), { options: { headers, body } });
        };
        const error = await errorFrom(
          {
            fetch,
            logger: { debug: (text) => logged.push(text), warn: (text) => logged.push(text) },
            onRetry: (info) => logged.push(inspect(info)),
          },
          all,
          authorize(all.credential),
        );
        expect(error).toHaveProperty('code', 'DIXA_CONNECTION');
        expectClean(everythingShownOf(error), all);
        expectClean(logged.join('\n'), all);
        expect(logged.length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });
});
