import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import type { Middleware } from 'openapi-fetch';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type CallError, DixaError, type RateLimit } from '../../../../src/client/index.js';
import { oneOfEach } from '../../../support/every-call.js';
import { pass, useFakeClock, watch } from '../../../support/fake-clock.js';
import {
  type Answer,
  failure,
  fakeDixa,
  lost,
  lostWithinBody,
  refused,
  silence,
  stalledBody,
  success,
} from '../../../support/fake-dixa.js';

const never = () => new Promise<never>(() => {});
const throwing = (value: unknown) => () => {
  throw value;
};
const late =
  (answer: Answer): Answer =>
  async (sent) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return answer(sent);
  };

type Scripted = readonly [answer: Answer, mayBeProcessed: boolean];

const always: Scripted = [success, true];

/** Answers, and whether Dixa may have acted on the request. */
const answers: Readonly<Record<string, Scripted>> = {
  success: always,
  'late success': [late(success), true],
  400: [failure(400), false],
  404: [failure(404), false],
  429: [failure(429), false],
  '429, hold': [failure(429, { 'Retry-After': '1.5' }), false],
  '429, long hold': [failure(429, { 'Retry-After': '61' }), false],
  503: [failure(503, { 'Retry-After': '0' }), true],
  'late 500': [late(failure(500)), true],
  redirect: [() => new Response(null, { status: 302, headers: { Location: '/' } }), true],
  page: [() => new Response('<html>'), true],
  lost: [lost, true],
  'lost within the body': [lostWithinBody, true],
  refused: [refused, false],
  silence: [silence, true],
  'a fetch that ignores its signal': [never, true],
  'a body that stalls': [stalledBody, true],
  'a body that ignores the signal': [() => new Response(new ReadableStream()), true],
  nothing: [() => undefined as unknown as Response, true],
};

const hooks = { none: undefined, quick: () => {}, rejecting: () => Promise.reject(), never };
const full = new Error('the disk is full');
const loggers = { ...hooks, throwing: throwing(full) };
const onRetries = { ...loggers, 'throwing undefined': throwing(undefined), 'throwing 0': throwing(0) };

const scripts = fc.record({
  answers: fc.array(fc.constantFrom(...Object.keys(answers)), { maxLength: 8 }),
  calls: fc.array(
    fc.record({ way: fc.constantFrom(...oneOfEach), afterMs: fc.nat(300), abortsAfterMs: fc.nat(5_000) }),
    { minLength: 1, maxLength: 5 },
  ),
  options: fc.record({
    totalTimeoutMs: fc.constantFrom(undefined, 1, 50, 2_000),
    timeoutMs: fc.constantFrom(30, 100, 1_000),
    maxRetries: fc.nat(3),
    rateLimit: fc.constantFrom<RateLimit | false>(
      false,
      { requestsPerSecond: 10, burst: 1 },
      { requestsPerSecond: 100, burst: 2 },
    ),
  }),
  logger: fc.constantFrom(...(Object.keys(loggers) as (keyof typeof loggers)[])),
  onRetry: fc.constantFrom(...(Object.keys(onRetries) as (keyof typeof onRetries)[])),
  middleware: fc.constantFrom<keyof Middleware | undefined>(undefined, undefined, 'onRequest', 'onResponse', 'onError'),
  middlewareDoes: fc.constantFrom<keyof typeof hooks>('quick', 'rejecting', 'never'),
});

it('a call always settles once, correctly, and leaves nothing behind', async () => {
  useFakeClock();
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  onTestFinished(() => void process.off('unhandledRejection', onUnhandled));

  await fc.assert(
    fc.asyncProperty(scripts, async ({ middleware, middlewareDoes, logger, onRetry, ...given }) => {
      const script = given.answers.map((name) => answers[name] ?? always);
      const log = loggers[logger];
      const { dixa, sent } = fakeDixa(
        script.map(([answer]) => answer),
        { ...given.options, logger: log && { debug: log, warn: log }, onRetry: onRetries[onRetry] },
      );
      if (middleware) dixa.raw.use({ [middleware]: hooks[middlewareDoes] } as unknown as Middleware);

      const begun = [];
      for (const [index, { way, afterMs, abortsAfterMs }] of given.calls.entries()) {
        await pass(afterMs);
        const controller = new AbortController();
        const watched = watch(way.call(dixa, { signal: controller.signal, headers: { 'X-Call': `${index}` } }));
        const call = { index, method: way.method, signal: controller.signal, watched, endedAt: Infinity };
        watched.promise.then(() => {
          call.endedAt = performance.now();
        });
        setTimeout(() => controller.abort('enough'), abortsAfterMs);
        begun.push(call);
      }
      await pass(10_000);
      await new Promise(setImmediate);

      expect(unhandled).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
      for (const { index, method, signal, watched, endedAt } of begun) {
        const { ended } = watched;
        if (!ended) throw new Error('A call never ends.');
        expect(getEventListeners(signal, 'abort')).toEqual([]);

        const own = [...sent.entries()].filter(([, { headers }]) => headers.get('x-call') === `${index}`);
        const answered = own.map(([number]) => script[number] ?? always);
        const processed = answered.map(([, mayBeProcessed]) => mayBeProcessed);
        for (const [, { at }] of own) expect(at).toBeLessThanOrEqual(endedAt);
        if (method === 'POST') expect(processed.slice(0, -1)).not.toContain(true);

        const isMeddled = middleware && middlewareDoes !== 'quick';
        const { error } = ended;
        if (DixaError.is(error)) {
          const { attempts, outcome } = error as Partial<CallError>;
          expect(attempts ?? own.length).toBe(own.length);
          if (outcome === 'not-sent') expect(processed).not.toContain(true);
          // A middleware may never say what came of a response.
          if (outcome === 'unknown') expect(isMeddled ? [true] : processed).toContain(true);
        } else if (!('value' in ended)) expect(['enough', full, undefined, 0]).toContain(error);
        if (answered.at(-1)?.[0] === success && !isMeddled) expect(ended).toEqual({ value: 200 });
      }
    }),
    { numRuns: 300 },
  );
});
