import { describe, expect, it, vi } from 'vitest';
import {
  createReceiver,
  DixaConfigurationError,
  type Secrets,
  signPayload,
  verifySignature,
} from '../../../../src/receiver/index.js';
import { otherSecret, rejection, secret, thrown } from '../../../support/receiver-delivery.js';

const body = '{}';
const signature = await signPayload({ body, secret });

/** What a secret may look like by mistake, and what the message then says of it. */
const malformed: readonly { readonly name: string; readonly value: unknown; readonly says: string }[] = [
  { name: 'a list that holds an unset variable', value: [secret, undefined], says: 'is empty' },
  { name: 'a list that holds an unset variable first', value: [undefined, secret], says: 'is empty' },
  { name: 'a list that holds an empty string', value: [secret, ''], says: 'is empty' },
  { name: 'a blank', value: ' ', says: 'has white space' },
  { name: 'a blank before', value: ` ${secret}`, says: 'has white space' },
  { name: 'a line end after', value: `${secret}\n`, says: 'has white space' },
  { name: 'two secrets in one string', value: `${secret} ${otherSecret}`, says: 'has white space' },
  { name: 'double quotes', value: `"${secret}"`, says: 'is in quotes' },
  { name: 'single quotes', value: `'${secret}'`, says: 'is in quotes' },
  {
    name: 'a JSON web token',
    value: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${secret}`,
    says: 'looks like an API token',
  },
  { name: '0x before', value: `0x${secret}`, says: 'is not hex' },
  { name: 'base64', value: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ', says: 'is not hex' },
  { name: 'full-width digits', value: '０'.repeat(64), says: 'is not hex' },
  { name: 'one digit short', value: secret.slice(1), says: 'is cut or too short' },
  { name: '15 bytes', value: secret.slice(0, 30), says: 'is cut or too short' },
  { name: 'a list with one bad entry', value: [secret, `${otherSecret}0`], says: 'is cut or too short' },
  { name: 'a number', value: 12_345_678, says: 'not a string' },
  { name: 'bytes', value: Buffer.from(secret, 'hex'), says: 'not a string' },
  { name: 'an object', value: { secretKey: secret }, says: 'not a string' },
  { name: 'a list in a list', value: [[secret]], says: 'not a string' },
  { name: 'a symbol', value: [Symbol(secret)], says: 'not a string' },
  { name: 'an object without a prototype', value: Object.create(null), says: 'not a string' },
];

/** What means that there is no secret. */
const none = [undefined, null, '', []];

describe('without a secret', () => {
  it.each(none)('a receiver is not created, and DIXA_WEBHOOK_SECRET is named: %j', (value) => {
    vi.stubEnv('DIXA_WEBHOOK_SECRET', undefined);
    const error = thrown(() => createReceiver({ secret: value }));
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain('DIXA_WEBHOOK_SECRET');
  });

  it.each([null, '', []])('that of the environment is not taken for %j', (value) => {
    vi.stubEnv('DIXA_WEBHOOK_SECRET', secret);
    expect(thrown(() => createReceiver({ secret: value }))).toBeInstanceOf(DixaConfigurationError);
  });

  it.each([[], [{}], [{ secret: undefined }]])(
    'that of the environment is taken if the option is absent: %j',
    async (...args) => {
      vi.stubEnv('DIXA_WEBHOOK_SECRET', secret);
      const headers = { 'x-dixa-signature': signature };
      expect(await createReceiver(...args).receive({ body, headers })).toMatchObject({ status: 200 });
    },
  );

  it('an empty one of the environment is none', () => {
    vi.stubEnv('DIXA_WEBHOOK_SECRET', '');
    expect(thrown(() => createReceiver()).message).toContain('DIXA_WEBHOOK_SECRET');
  });

  it.each(none)('a delivery is refused if the secret function returns %j, with its own reason', async (value) => {
    const receiver = createReceiver({ secret: async () => value });
    receiver.onError(() => {});
    const headers = { 'x-dixa-signature': signature };
    const unnamed = await receiver.receive({ body, headers });
    expect(unnamed).toMatchObject({ status: 401, error: { reason: 'no-secret' } });
    expect(`${unnamed.error}`).toContain('is missing or is not a UUID');
    const id = '3f0d6f3e-8a52-4a8e-9a65-1e1f0c1d2b3a';
    const named = await receiver.receive({ body, headers: { ...headers, 'x-dixa-subscription-id': id } });
    expect(named).toMatchObject({ status: 401, error: { reason: 'no-secret' } });
    expect(`${named.error}`).toMatch(/found no secret for the X-DIXA-SUBSCRIPTION-ID header\.$/);
    expect(`${named.error}`).not.toContain(id);
  });

  it.each(none)('verifySignature refuses %j', async (value) => {
    const failure = verifySignature({ body, signature, secret: value as Secrets });
    expect(await rejection(failure)).toBeInstanceOf(DixaConfigurationError);
  });
});

/** All parts of a secret that a message could quote. */
const partsOf = (value: unknown) =>
  [value].flat(2).flatMap((part) => (typeof part === 'string' ? (part.match(/\w{8,}/g) ?? []) : []));

describe.each(malformed)('a secret that is $name', ({ value, says }) => {
  const asSecret = value as Secrets;

  it('is refused when the receiver is made, with a message that does not quote it', () => {
    const error = thrown(() => createReceiver({ secret: asSecret }));
    expect(error).toBeInstanceOf(DixaConfigurationError);
    expect(error.message).toContain(says);
    for (const part of [secret, otherSecret, ...partsOf(value)]) expect(error.message).not.toContain(part);
  });

  it('is refused by verifySignature and signPayload', async () => {
    const failures = [
      verifySignature({ body, signature, secret: asSecret }),
      signPayload({ body, secret: asSecret as string }),
    ];
    for (const failure of failures) expect(await rejection(failure)).toBeInstanceOf(DixaConfigurationError);
  });

  it('is refused before the signature is looked at, so that the mistake shows at the first delivery', async () => {
    const failure = verifySignature({ body, signature: undefined, secret: asSecret });
    expect(await rejection(failure)).toBeInstanceOf(DixaConfigurationError);
  });
});

describe('secrets', () => {
  it.each([secret.slice(0, 32), secret.toUpperCase(), 'a'.repeat(512)])(
    'of 16 bytes and more are taken: %s',
    async (good) => {
      const signed = await signPayload({ body, secret: good });
      await expect(verifySignature({ body, signature: signed, secret: good })).resolves.toMatchObject({
        secretIndex: 0,
      });
    },
  );

  it('are the same in upper case and in lower case', async () => {
    await expect(verifySignature({ body, signature, secret: secret.toUpperCase() })).resolves.toBeDefined();
  });

  it.each([0, 1, 2])('are tried one after another, and the one that matched is told: %i', async (index) => {
    const secrets = ['aa', 'bb', 'cc'].map((byte) => byte.repeat(32));
    secrets[index] = secret;
    await expect(verifySignature({ body, signature, secret: secrets })).resolves.toMatchObject({ secretIndex: index });
  });

  it('that occur twice are told by their first index', async () => {
    await expect(verifySignature({ body, signature, secret: [secret, secret] })).resolves.toMatchObject({
      secretIndex: 0,
    });
  });

  it('are used as they were when the receiver was made, whatever becomes of the list', async () => {
    const list = [secret];
    const receiver = createReceiver({ secret: list });
    list[0] = '';
    const headers = { 'x-dixa-signature': signature };

    expect(await receiver.receive({ body, headers })).toMatchObject({ status: 200 });
  });
});
