import { describe, expect, it } from 'vitest';
import { DixaConnectionError, DixaServerError, DixaTimeoutError } from '../../../../src/client/index.js';
import { creating, repeatable } from '../../../support/every-call.js';
import { errorOf, resultOf, useFakeClock } from '../../../support/fake-clock.js';
import {
  type Answer,
  failure,
  fakeDixa,
  lost,
  lostWithinBody,
  newSubscription,
  refused,
  silence,
  stalledBody,
  success,
} from '../../../support/fake-dixa.js';

interface Trouble {
  readonly name: string;
  readonly answer: Answer;
  readonly status?: number;
  readonly error?: unknown;
}

const statuses: readonly Trouble[] = [408, 500, 502, 503, 504].map((status) => ({
  name: `${status}`,
  answer: failure(status),
  status,
}));

/** Failures of a response with a body. For the success of a DELETE, only the status matters. */
const withinBody: readonly Trouble[] = [
  { name: 'connection lost within the body', answer: lostWithinBody, error: DixaConnectionError },
  { name: 'attempt timed out within the body', answer: stalledBody, error: DixaTimeoutError },
];

const withoutReply: readonly Trouble[] = [
  { name: 'attempt timed out', answer: silence, error: DixaTimeoutError },
  { name: 'connection lost', answer: lost, error: DixaConnectionError },
];

const final = [400, 401, 403, 404, 405, 409, 410, 413, 422, 501, 505, 520];

describe('408, 500, 502, 503, 504, attempt timed out, connection lost', () => {
  describe.each(repeatable)('are retried by $name:', ({ call, method }) => {
    const troubles = [...statuses, ...withoutReply, ...(method === 'DELETE' ? [] : withinBody)];

    it.each(troubles)('$name', async ({ answer }) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([answer, answer, success]);
      expect(await resultOf(call(dixa))).toBe(200);
      expect(sent).toHaveLength(3);
      expect(new Set(sent.map(({ url, method, body }) => JSON.stringify([url, method, body]))).size).toBe(1);
      expect(new Set(sent.map(({ headers }) => JSON.stringify([...headers]))).size).toBe(1);
    });

    it.each(troubles)('$name, until maxRetries is used up', async ({ answer, status, error }) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa(Array(9).fill(answer));
      const ended = call(dixa, { maxRetries: 3 });
      if (status) expect(await resultOf(ended)).toBe(status);
      else expect(await errorOf(ended)).toBeInstanceOf(error);
      expect(sent).toHaveLength(4);
    });
  });

  describe.each(creating)('are never retried by $name:', ({ call }) => {
    it.each([...statuses, ...withoutReply, ...withinBody])('$name', async ({ answer, status }) => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([answer]);
      const ended = call(dixa);
      if (status) expect(await resultOf(ended)).toBe(status);
      else expect(await errorOf(ended)).toMatchObject({ outcome: 'unknown' });
      expect(sent).toHaveLength(1);
    });

    it('except if the connection was refused', async () => {
      useFakeClock();
      const { dixa, sent } = fakeDixa([refused, refused, success]);
      expect(await resultOf(call(dixa))).toBe(200);
      expect(sent).toHaveLength(3);
    });
  });

  it.each(['ECONNREFUSED', 'ConnectionRefused'])('recognises a refused connection as %s', async (code) => {
    useFakeClock();
    const direct: Answer = () => {
      throw Object.assign(new Error('refused'), { code });
    };
    const { dixa, sent } = fakeDixa([direct, success]);
    await resultOf(dixa.create(newSubscription));
    expect(sent).toHaveLength(2);
  });

  it.each([...statuses, ...withoutReply, ...withinBody])(
    'leave the fate of a POST unknown, and the error says what to do: $name',
    async ({ answer }) => {
      useFakeClock();
      const { dixa } = fakeDixa([answer]);
      const error = await errorOf(dixa.create(newSubscription));
      expect(error).toMatchObject({ outcome: 'unknown', attempts: 1, operationId: 'createWebhookSubscription' });
      expect(`${error}`).toContain('The subscription may exist: call list() before creating it again');
    },
  );

  it('a POST whose connections were all refused was not sent, and the error says so', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([refused, refused, refused]);
    const error = await errorOf(dixa.create(newSubscription));
    expect(error).toBeInstanceOf(DixaConnectionError);
    expect(error).toMatchObject({ outcome: 'not-sent' });
    expect(`${error}`).not.toContain('may exist');
    expect(sent).toHaveLength(3);
  });

  it('a POST that was refused and then lost may have been processed', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([refused, lost]);
    expect(await errorOf(dixa.create(newSubscription))).toMatchObject({ outcome: 'unknown', attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  it.each(repeatable)('have no outcome for $name, which is safe to repeat', async ({ call }) => {
    useFakeClock();
    const { dixa } = fakeDixa([lost], { maxRetries: 0 });
    const error = await errorOf(call(dixa));
    expect((error as DixaConnectionError).outcome).toBeUndefined();
    expect(`${error}`).not.toMatch(/may exist|not sent|Nothing was sent/);
  });

  it.each(final)('are the only ones that are retried: not %i', async (status) => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([failure(status, { 'Retry-After': '1' })]);
    expect(await errorOf(dixa.list())).toMatchObject({ status, attempts: 1 });
    expect(sent).toHaveLength(1);
  });

  it('may follow one another, and the error reports the last', async () => {
    useFakeClock();
    const { dixa } = fakeDixa([silence, lost, failure(503)]);
    const error = await errorOf(dixa.list());
    expect(error).toBeInstanceOf(DixaServerError);
    expect(error).toMatchObject({ status: 503, attempts: 3 });
  });

  it('each attempt has the full timeoutMs, until its body is read', async () => {
    useFakeClock();
    const { dixa, sent } = fakeDixa([silence, stalledBody, silence], { timeoutMs: 1_000 });
    const error = await errorOf(dixa.list({ timeoutMs: 2_500 }));
    expect(error).toMatchObject({ name: 'DixaTimeoutError', timeoutMs: 2_500, attempts: 3 });
    expect(sent.map(({ init }) => init.signal?.aborted)).toEqual([true, true, true]);
    for (const index of [1, 2]) {
      const between = (sent[index]?.at ?? 0) - (sent[index - 1]?.at ?? 0);
      expect(between).toBeGreaterThanOrEqual(2_500);
      expect(between).toBeLessThanOrEqual(2_500 + 500 * index);
    }
  });

  it('an attempt ends in time even if fetch ignores its signal', async () => {
    useFakeClock();
    const deaf: Answer = () => new Promise(() => {});
    const { dixa, sent } = fakeDixa([deaf, success]);
    const start = performance.now();
    await resultOf(dixa.list());
    expect(sent).toHaveLength(2);
    expect((sent[1]?.at ?? 0) - start).toBeGreaterThanOrEqual(30_000);
    expect((sent[1]?.at ?? 0) - start).toBeLessThanOrEqual(30_500);
  });
});
