import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  DixaConfigurationError,
  DixaPayloadError,
  DixaSignatureError,
  type RawBody,
  signPayload,
  verifyEvent,
} from '../../../../src/receiver/index.js';
import { delivery, eventText, otherSecret, rejection, secret } from '../../../support/receiver-delivery.js';

const body = eventText();
const { headers } = await delivery(body);

describe('verifyEvent', () => {
  it('resolves with the typed event', async () => {
    const event = await verifyEvent({ body, headers, secret });
    expect(event).toEqual({ ...JSON.parse(body), type: 'ConversationCreated' });
    if (event.type === 'ConversationCreated') expect(event.data.conversation?.csid).toBe(1);
  });

  it('takes headers of any shape, several secrets, and the time of arrival', async () => {
    const now = Date.now() + 3_600_000;
    const event = verifyEvent({
      body,
      headers: new Headers(headers),
      secret: [otherSecret, secret],
      now,
      toleranceMs: 4e6,
    });
    expect(await event).toMatchObject({ type: 'ConversationCreated' });
  });

  it.each([
    ['another secret', { secret: otherSecret }, 'signature-mismatch'],
    ['another body', { body: `${body} ` }, 'signature-mismatch'],
    ['no header', { headers: {} }, 'missing-header'],
    ['an old delivery', { now: Date.now() + 600_000 }, 'timestamp-out-of-tolerance'],
  ])('throws at %s', async (_, change, reason) => {
    const error = await rejection(verifyEvent({ body, headers, secret, ...change }));
    expect(error).toBeInstanceOf(DixaSignatureError);
    expect(error).toMatchObject({ reason });
  });

  it('throws at a signed body that is no event, a body that was parsed, and a secret that is none', async () => {
    const list = await delivery('[]');
    expect(await rejection(verifyEvent({ ...list, secret }))).toBeInstanceOf(DixaPayloadError);
    const parsed = JSON.parse(body) as RawBody;
    expect(await rejection(verifyEvent({ body: parsed, headers, secret }))).toBeInstanceOf(DixaConfigurationError);
    expect(await rejection(verifyEvent({ body, headers, secret: '' }))).toBeInstanceOf(DixaConfigurationError);
  });

  it('takes bytes of another realm', async () => {
    const bytes = new TextEncoder().encode(body);
    const foreign = runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...bytes] }) as ArrayBuffer;
    expect(foreign).not.toBeInstanceOf(ArrayBuffer);
    expect(await verifyEvent({ body: foreign, headers, secret })).toMatchObject({ type: 'ConversationCreated' });
  });
});

describe('signPayload', () => {
  it.each([1.5, -1, Number.NaN, Infinity, 1e15, '5 ', null])(
    'refuses %j as a time, as the verifier would',
    async (timestamp) => {
      const failure = signPayload({ body, secret, timestamp: timestamp as number });
      expect(await rejection(failure)).toBeInstanceOf(DixaConfigurationError);
    },
  );
});
