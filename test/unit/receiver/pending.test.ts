import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Claim, memoryDedupe, type ReceiverOptions } from '../../../src/receiver/index.js';
import { pass, useFakeClock, watch } from '../../support/fake-clock.js';
import { notingReceiver } from '../../support/receiver-made.js';

beforeEach(() => useFakeClock());

/** A receiver over a store that another process shares: what it says of a key changes when that process is done. */
function sharing(options: Partial<ReceiverOptions> = {}) {
  let state: Claim['state'] = 'pending';
  const claim = vi.fn(() => ({ state, token: 'token' }));
  const commit = vi.fn();
  const release = vi.fn();
  const made = notingReceiver({ dedupe: { claim, commit, release }, ...options });
  const handler = vi.fn();
  made.receiver.onAny(handler);
  const otherProcessLeaves = (next: Claim['state']) => {
    state = next;
  };
  return { ...made, claim, commit, release, handler, otherProcessLeaves };
}

describe('a copy of an event that another process is at', () => {
  it.each([
    { pendingWaitMs: undefined, waits: 10_000 },
    { pendingWaitMs: 600, waits: 600 },
    { pendingWaitMs: 0, waits: 0 },
  ])(
    'waits $waits ms where pendingWaitMs is $pendingWaitMs, and is then answered 503',
    async ({ pendingWaitMs, waits }) => {
      const { event, handler, onError, commit, release } = sharing({ pendingWaitMs });
      const answer = watch(event());

      if (waits > 0) {
        await pass(waits - 1);
        expect(answer.ended).toBeUndefined();
      }
      await pass(1);

      expect(answer.ended).toMatchObject({
        value: { status: 503, outcome: 'pending', headers: { 'retry-after': '10' } },
      });
      for (const spy of [handler, onError, commit, release]) expect(spy).not.toHaveBeenCalled();
    },
  );

  it('is a duplicate, where that process has handled it in the meantime', async () => {
    const { event, handler, otherProcessLeaves } = sharing();
    const answer = watch(event());
    await pass(5_000);
    otherProcessLeaves('done');
    await pass(250);

    expect(answer.ended).toMatchObject({ value: { status: 200, outcome: 'duplicate' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('is handled, where that process has given up in the meantime', async () => {
    const { event, handler, commit, otherProcessLeaves } = sharing();
    const answer = watch(event());
    await pass(5_000);
    otherProcessLeaves('new');
    await pass(250);

    expect(answer.ended).toMatchObject({ value: { status: 200, outcome: 'handled' } });
    expect(handler).toHaveBeenCalledOnce();
    expect(commit).toHaveBeenCalledOnce();
  });

  it('asks the store four times a second, and not again when it was answered', async () => {
    const { event, claim } = sharing();
    const answer = watch(event());
    await pass(1_000);
    expect(claim).toHaveBeenCalledTimes(5);
    await pass(9_000);
    await answer.promise;
    const asked = claim.mock.calls.length;
    await pass(60_000);
    expect(claim).toHaveBeenCalledTimes(asked);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes its own copies in this process along', async () => {
    const { event } = sharing();
    const answers = [watch(event()), watch(event())];
    await pass(10_000);
    expect(answers.map(({ ended }) => ended)).toMatchObject([{ value: { status: 503 } }, { value: { status: 503 } }]);
  });

  it('waits as long as a lease where it was answered before, and is then handled', async () => {
    const store = memoryDedupe();
    const died = notingReceiver({ dedupe: store });
    died.receiver.onAny(() => new Promise(() => {}));
    watch(died.event());
    await pass(0);

    const { event, handler, receiver } = sharing({ dedupe: store, acknowledge: 'received' });
    const answer = watch(event());
    await pass(59_000);
    expect(answer.ended).toMatchObject({ value: { status: 200, outcome: 'handled' } });
    expect(handler).not.toHaveBeenCalled();
    const idle = watch(receiver.idle());
    await pass(1_250);
    expect(handler).toHaveBeenCalledOnce();
    expect(idle.ended).toBeDefined();
  });

  it('may come later than the end of the lease of a process that died, and is then handled', async () => {
    const store = memoryDedupe();
    const died = notingReceiver({ dedupe: store });
    died.receiver.onAny(() => new Promise(() => {}));
    watch(died.event());
    await pass(0);

    const { event, handler } = sharing({ dedupe: store });
    const tooEarly = watch(event());
    await pass(10_000);
    expect(tooEarly.ended).toMatchObject({ value: { status: 503 } });
    await pass(50_000);
    const inTime = watch(event());
    await pass(0);

    expect(inTime.ended).toMatchObject({ value: { status: 200, outcome: 'handled' } });
    expect(handler).toHaveBeenCalledOnce();
  });

  it('is not handled again by the process itself, when its handler outlives its lease', async () => {
    const { event, receiver } = notingReceiver({ dedupe: memoryDedupe() });
    const handler = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 120_000)));
    receiver.onAny(handler);
    const first = watch(event());
    await pass(90_000);
    const second = watch(event());
    await pass(30_000);

    expect([first.ended, second.ended]).toMatchObject([
      { value: { outcome: 'handled' } },
      { value: { outcome: 'duplicate' } },
    ]);
    expect(handler).toHaveBeenCalledOnce();
  });

  it('is one that another request of a Worker is at, whose promises end with it', async () => {
    vi.stubGlobal('WebSocketPair', class {});
    const { event, receiver } = notingReceiver({ dedupe: memoryDedupe() });
    const handler = vi.fn<() => unknown>().mockReturnValueOnce(new Promise(() => {}));
    receiver.onAny(handler);
    watch(event());
    await pass(0);

    const tooEarly = watch(event());
    await pass(10_000);
    expect(tooEarly.ended).toMatchObject({ value: { status: 503 } });
    await pass(50_000);
    const inTime = watch(event());
    await pass(0);
    expect(inTime.ended).toMatchObject({ value: { status: 200, outcome: 'handled' } });
    expect(handler).toHaveBeenCalledTimes(2);
  });
});
