import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryDedupe } from '../../../src/receiver/index.js';
import { delivery, eventText, otherSecret } from '../../support/receiver-delivery.js';
import { deferred, notingReceiver, printed } from '../../support/receiver-made.js';
import { post, serve } from '../../support/receiver-server.js';

describe("acknowledge: 'received'", () => {
  it('answers first, and handles then', async () => {
    const { receiver, notes, note, event } = notingReceiver({ acknowledge: 'received' });
    receiver.onAny(note('handled'));

    expect(await event()).toMatchObject({ status: 200, outcome: 'handled', headers: {} });
    expect(notes).toEqual([]);
    await receiver.idle();
    expect(notes).toEqual(['handled']);
  });

  it('answers over HTTP before a handler begins, even one that keeps the process busy', async () => {
    const { receiver, notes } = notingReceiver({ acknowledge: 'received' });
    const { port, server } = await serve(receiver);
    server.on('request', (_, reply) => reply.on('finish', () => notes.push('answered')));
    receiver.onAny(() => notes.push('handled'));

    await post(port, await delivery());
    await receiver.idle();
    expect(notes).toEqual(['answered', 'handled']);
  });

  it('refuses what is refused otherwise, before it answers', async () => {
    const { receiver } = notingReceiver({ acknowledge: 'received' });
    const forged = await delivery(eventText(), { secret: otherSecret });
    expect(await receiver.receive(forged)).toMatchObject({ status: 401 });
    expect(await receiver.receive(await delivery('[]'))).toMatchObject({ status: 400 });
  });

  it('tells onError of a handler that failed, and nobody else', async () => {
    const { receiver, event, onError } = notingReceiver({ acknowledge: 'received' });
    const error = new Error('too late');
    receiver.onAny(() => {
      throw error;
    });

    const result = await event();
    await receiver.idle();

    expect(result).toMatchObject({ status: 200 });
    expect(result.error).toBeUndefined();
    expect(onError.mock.calls).toEqual([[error, expect.objectContaining({ event: result.event })]]);
  });

  it('prints a line of an error handler that fails', async () => {
    const print = printed();
    const { receiver, event, onError } = notingReceiver({ acknowledge: 'received' });
    onError.mockRejectedValue(new RangeError('the error handler too'));
    receiver.onAny(() => Promise.reject(new Error('too late')));

    await event();
    await receiver.idle();
    expect(print.mock.calls).toEqual([[expect.stringContaining('RangeError')]]);
    print.mockRestore();
  });

  it('tells an event of an unknown type as that', async () => {
    const { event } = notingReceiver({ acknowledge: 'received' });
    expect(await event({ event_fqn: 'SOMETHING_NEW' })).toMatchObject({ status: 200, outcome: 'unknown' });
  });

  it('handles a copy once', async () => {
    const { receiver, event } = notingReceiver({ acknowledge: 'received', dedupe: memoryDedupe() });
    const handler = vi.fn();
    receiver.onAny(handler);
    expect([(await event()).status, (await event()).status]).toEqual([200, 200]);
    await receiver.idle();
    expect(handler).toHaveBeenCalledOnce();
  });

  it('gives the platform the work to wait for, which never rejects', async () => {
    const { receiver, notes, note } = notingReceiver({ acknowledge: 'received' });
    receiver.onAny(note('handled'));
    receiver.onAny(() => Promise.reject(new Error('failed')));
    const work: Promise<unknown>[] = [];

    await receiver.receive({ ...(await delivery()), waitUntil: (promise) => work.push(promise) });

    expect(work).toHaveLength(1);
    await work[0];
    expect(notes).toEqual(['handled', 'error: failed']);
  });
});

describe('idle()', () => {
  it.each(['handled', 'received'] as const)(
    'resolves when all handlers are done, with acknowledge: %j',
    async (acknowledge) => {
      const { receiver, notes, note, event } = notingReceiver({ acknowledge });
      const done = [deferred(), deferred()];
      const handler = vi.fn(() => done[handler.mock.calls.length - 1]?.promise);
      receiver.onAny(handler);
      const answers = [event(), event({ event_id: 'another' })];
      await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(2), { interval: 1 });
      const idle = receiver.idle().then(note('idle'));

      done[0]?.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      expect(notes).toEqual([]);
      done[1]?.reject(new Error('failed'));
      await Promise.all([idle, ...answers]);

      expect(notes.sort()).toEqual(['error: failed', 'idle']);
    },
  );

  it('resolves at once where nothing runs', async () => {
    await expect(notingReceiver().receiver.idle()).resolves.toBeUndefined();
  });
});

describe('a waitUntil that throws', () => {
  it('is told to onError; the answer is 200, because the handlers run all the same', async () => {
    const { receiver, notes, note, event } = notingReceiver({ acknowledge: 'received' });
    receiver.onAny(note('handled'));
    const waitUntil = () => {
      throw new TypeError('Illegal invocation');
    };
    expect(await event({}, { waitUntil })).toMatchObject({ status: 200, outcome: 'handled' });
    await receiver.idle();
    expect(notes).toEqual(['error: Illegal invocation', 'handled']);
  });
});

describe('what nobody awaits', () => {
  const unhandled = vi.fn();
  beforeEach(() => void process.on('unhandledRejection', unhandled));
  afterEach(() => void process.off('unhandledRejection', unhandled));

  it('rejects nowhere, whatever fails', async () => {
    const fails = () => Promise.reject(new Error('failed'));
    for (const acknowledge of ['handled', 'received'] as const) {
      const { receiver, event } = notingReceiver({
        acknowledge,
        dedupe: { store: { ...memoryDedupe(), release: fails }, leaseMs: 0 },
        pendingWaitMs: 0,
      });
      receiver.onAny(fails);
      await Promise.all([event(), event()]);
      await receiver.idle();
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });
});
