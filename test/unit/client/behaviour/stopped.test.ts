import { getEventListeners } from 'node:events';
import { runInNewContext } from 'node:vm';
import type { Middleware } from 'openapi-fetch';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DixaWebhooksOptions } from '../../../../src/client/index.js';
import { oneOfEach, type Way } from '../../../support/every-call.js';
import { finish, pass, useFakeClock, watch } from '../../../support/fake-clock.js';
import { type Answer, failure, fakeDixa, success } from '../../../support/fake-dixa.js';

const never = () => new Promise<never>(() => {});

interface Wait {
  readonly name: string;
  readonly answers?: readonly Answer[];
  readonly options?: DixaWebhooksOptions;
  readonly middleware?: Middleware;
  /** Requests sent before and while it waits. */
  readonly sent: number;
  /** Whom it concerns. */
  readonly ways?: readonly Way[];
}

const notDeleting = oneOfEach.filter(({ method }) => method !== 'DELETE');
const redirect = () => new Response(null, { status: 302, headers: { location: '/' } });
const stalled = () => new Response(new ReadableStream({ pull: never }));

/** Whatever a call may wait for. */
const waits: readonly Wait[] = [
  { name: 'the rate limit', options: { rateLimit: { requestsPerSecond: 0.001, burst: 1 } }, sent: 1 },
  { name: 'a fetch that ignores its signal', answers: [success, never], sent: 2 },
  { name: 'a body that ignores the signal', answers: [success, stalled], sent: 2, ways: notDeleting },
  { name: 'a pause', answers: [success, failure(429, { 'Retry-After': '50' })], sent: 2 },
  { name: 'onRetry', answers: [success, failure(429, { 'Retry-After': '0' })], options: { onRetry: never }, sent: 2 },
  { name: 'a middleware before the request', middleware: { onRequest: never }, sent: 1 },
  { name: 'a middleware after the response', middleware: { onResponse: never }, sent: 2 },
  { name: 'a middleware after an error', answers: [success, redirect], middleware: { onError: never }, sent: 2 },
];

describe.each(waits)('while a call waits for $name', ({ name, answers, options, middleware, sent, ways }) => {
  /** A client with one request behind it. */
  async function start(more?: DixaWebhooksOptions) {
    useFakeClock();
    const client = fakeDixa(answers, { ...options, ...more });
    await finish(client.dixa.list());
    if (middleware) client.dixa.raw.use(middleware);
    return client;
  }

  it.each(ways ?? oneOfEach)('its signal ends it immediately: $name', async ({ call }) => {
    const client = await start();
    const controller = new AbortController();
    const waiting = watch(call(client.dixa, { signal: controller.signal }));
    await pass(100);
    expect(waiting.ended).toBeUndefined();
    controller.abort('enough');
    await pass(0);
    expect(waiting.ended).toEqual({ error: 'enough' });
    await pass(60_000);
    expect(client.sent).toHaveLength(sent);
  });

  // A pause that would last longer is not even begun.
  it.each(name === 'a pause' ? [] : (ways ?? oneOfEach))('totalTimeoutMs ends it: $name', async ({ call }) => {
    const client = await start({ totalTimeoutMs: 60_000, timeoutMs: 90_000 });
    const waiting = watch(call(client.dixa));
    if (name !== 'the rate limit') {
      await pass(59_999);
      expect(waiting.ended).toBeUndefined();
    }
    await pass(1);
    // What an onError never hands on is the call's own error.
    const timeout = { error: { name: 'DixaTimeoutError', timeoutMs: 60_000, attempts: sent - 1 } };
    expect(waiting.ended).toMatchObject(middleware?.onError ? { error: { status: 302 } } : timeout);
    await pass(60_000);
    expect(client.sent).toHaveLength(sent);
  });
});

describe('a signal', () => {
  it('of a polyfill, without throwIfAborted and reason, ends a call before it and during it', async () => {
    const listeners = new Set<() => void>();
    const signal = {
      aborted: false,
      addEventListener: (_: string, listener: () => void) => listeners.add(listener),
      removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
    };
    const { dixa, sent } = fakeDixa([never]);
    const options = { signal: signal as unknown as AbortSignal };
    for (const { call } of oneOfEach) {
      signal.aborted = false;
      const waiting = watch(call(dixa, options));
      signal.aborted = true;
      for (const listener of listeners) listener();
      expect((await waiting.promise).error).toMatchObject({ name: 'AbortError' });
      expect(listeners.size).toBe(0);
      await expect(call(dixa, options)).rejects.toMatchObject({ name: 'AbortError' });
    }
    expect(sent.length).toBeLessThanOrEqual(oneOfEach.length);
  });

  it('of another realm ends a call with its own reason', async () => {
    const { controller } = runInNewContext('({ controller: new AbortController() })', { AbortController });
    const waiting = watch(fakeDixa([never]).dixa.list({ signal: controller.signal }));
    controller.abort('other realm');
    expect((await waiting.promise).error).toBe('other realm');
  });

  it('shared by thousands of calls ends all of them, with one listener and no warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const controller = new AbortController();
    const { dixa, sent } = fakeDixa([], { rateLimit: { requestsPerSecond: 1, burst: 1 } });
    await dixa.list();
    const waiting = Array.from({ length: 5_000 }, () => watch(dixa.list({ signal: controller.signal })));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort('enough');
    const ended = await Promise.all(waiting.map(({ promise }) => promise));
    expect(new Set(ended.map(({ error }) => error))).toEqual(new Set(['enough']));
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    expect(sent).toHaveLength(1);
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  });

  it('that one call no longer uses still ends the others', async () => {
    const controller = new AbortController();
    const { dixa } = fakeDixa([success, never]);
    await dixa.list({ signal: controller.signal });
    const waiting = watch(dixa.list({ signal: controller.signal }));
    await fakeDixa().dixa.list({ signal: controller.signal });
    controller.abort('enough');
    expect((await waiting.promise).error).toBe('enough');
  });
});
