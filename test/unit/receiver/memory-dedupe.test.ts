import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DedupeStore, memoryDedupe } from '../../../src/receiver/index.js';
import { pass, useFakeClock } from '../../support/fake-clock.js';

const leaseMs = 1_000;
const keepMs = 10_000;

let store: DedupeStore;
const claim = (key = 'a', lease = leaseMs) => store.claim(key, { leaseMs: lease });
const commit = (key: string, token: string | undefined, keep = keepMs) =>
  store.commit(key, token ?? '', { keepMs: keep });
const stateOf = async (key = 'a') => (await claim(key)).state;
/** Claims a key that is new. */
async function take(key = 'a', lease = leaseMs): Promise<string> {
  const { state, token } = await claim(key, lease);
  expect(state).toBe('new');
  return token ?? expect.fail('a claim without a token');
}

beforeEach(() => {
  useFakeClock();
  store = memoryDedupe();
});

describe('a key', () => {
  it('is new, then pending, and done when it was committed', async () => {
    const token = await take();
    expect(await claim()).toEqual({ state: 'pending' });
    await commit('a', token);
    expect(await claim()).toEqual({ state: 'done' });
  });

  it('is new again when its lease was released', async () => {
    await store.release('a', await take());
    expect(await stateOf()).toBe('new');
  });

  it('is new again when its lease has ended, and not before', async () => {
    await take();
    await pass(leaseMs - 1);
    expect(await stateOf()).toBe('pending');
    await pass(1);
    expect(await stateOf()).toBe('new');
  });

  it('is done for keepMs, and not longer', async () => {
    await commit('a', await take());
    await pass(keepMs - 1);
    expect(await stateOf()).toBe('done');
    await pass(1);
    expect(await stateOf()).toBe('new');
  });

  it('does not depend on others, whatever its name', async () => {
    for (const key of ['', 'a', '__proto__', 'constructor', 'toString']) await take(key);
    expect(await stateOf('b')).toBe('new');
  });

  it('is not shared by two stores', async () => {
    await take();
    store = memoryDedupe();
    expect(await stateOf()).toBe('new');
  });
});

describe('a token', () => {
  it('is another one for each lease', async () => {
    const tokens = new Set<string>();
    for (let index = 0; index < 100; index += 1) {
      const token = await take();
      tokens.add(token);
      await store.release('a', token);
    }
    expect(tokens.size).toBe(100);
  });

  it.each(['', 'rubbish'])('that is not the one of the lease does nothing: %j', async (token) => {
    await take();
    await commit('a', token);
    await store.release('a', token);
    expect(await stateOf()).toBe('pending');
  });

  it('that is stale neither commits nor releases the lease of its successor', async () => {
    const stale = await take();
    await pass(leaseMs);
    const token = await take();

    await commit('a', stale);
    await store.release('a', stale);
    expect(await stateOf()).toBe('pending');

    await store.release('a', token);
    await store.release('a', stale);
    expect(await stateOf()).toBe('new');
  });

  it.each(['another claim has cleared up', 'nobody has claimed anything'])(
    'commits after its lease has ended, where nobody has claimed its key since and %s',
    async (what) => {
      const late = await take();
      await pass(leaseMs);
      if (what.startsWith('another')) for (let index = 0; index < 1_000; index += 1) await take(`other ${index}`);
      await commit('a', late);
      expect(await stateOf()).toBe('done');
    },
  );

  it('commits again what was handled before and is forgotten, though an older entry stands before it', async () => {
    await commit('old', await take('old'), keepMs * 3);
    await commit('a', await take(), 1);
    await pass(1);
    await commit('a', await take());
    expect(await stateOf()).toBe('done');
  });

  it('does nothing once its key is done', async () => {
    const token = await take();
    await commit('a', token);
    await pass(keepMs - 1);
    await commit('a', token);
    await store.release('a', token);
    expect(await stateOf()).toBe('done');
    await pass(1);
    expect(await stateOf()).toBe('new');
  });

  it('of another key does nothing', async () => {
    const token = await take('b');
    await take('a');
    await commit('a', token);
    await store.release('a', token);
    expect(await stateOf('a')).toBe('pending');
  });
});

describe('10,000 keys', () => {
  const most = 10_000;
  const name = (index: number) => `key ${index}`;
  const doneUpTo = async (count: number) => {
    for (let index = 0; index < count; index += 1) await commit(name(index), await take(name(index)));
  };

  it('are remembered, the first of them too', async () => {
    await doneUpTo(most);
    expect([await stateOf(name(0)), await stateOf(name(most - 1))]).toEqual(['done', 'done']);
  });

  it('are as many as are remembered: with one more the oldest is forgotten, and no other', async () => {
    await doneUpTo(most);
    await commit('one more', await take('one more'));
    expect([await stateOf(name(1)), await stateOf(name(most - 1)), await stateOf('one more')]).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect(await stateOf(name(0))).toBe('new');
  });

  it('are counted from when they were handled last', async () => {
    await commit(name(0), await take(name(0)), 1);
    await pass(1);
    for (let index = 1; index < most; index += 1) await commit(name(index), await take(name(index)));
    await commit(name(0), await take(name(0)));
    await commit('one more', await take('one more'));
    expect(await stateOf(name(0))).toBe('done');
    expect(await stateOf(name(1))).toBe('new');
  });

  it('never push out a lease, even where all are leases', async () => {
    await take('first', 1e6);
    await doneUpTo(most + 10);
    for (let index = 0; index < most + 10; index += 1) await take(`lease ${index}`, 1e6);

    expect(await stateOf('first')).toBe('pending');
    expect(await stateOf('lease 0')).toBe('pending');
    expect(await stateOf(name(9))).toBe('new');
    expect(await stateOf(name(10))).toBe('done');
  });
});

describe('leases that expired', () => {
  afterEach(() => vi.restoreAllMocks());

  it('do not pile up, and no claim walks over those that have not', async () => {
    let largest = 0;
    const set = Map.prototype.set;
    vi.spyOn(Map.prototype, 'set').mockImplementation(function (this: Map<unknown, unknown>, key, value) {
      set.call(this, key, value);
      if (`${key}`.startsWith('lease ')) largest = Math.max(largest, this.size);
      return this;
    });
    const walk = vi.spyOn(Map.prototype, Symbol.iterator);
    for (let index = 0; index < 20_000; index += 1) {
      await claim(`lease ${index}`, 1);
      if (index % 500 === 0) await pass(1);
    }
    expect(largest).toBeLessThanOrEqual(2_000);
    expect(walk.mock.calls.length).toBeLessThan(100);
  });

  it('do not end those of others, however many there are', async () => {
    for (let index = 0; index < 5_000; index += 1) await take(`lease ${index}`, index % 2 ? 1 : leaseMs);
    await pass(1);
    for (let index = 5_000; index < 20_000; index += 1) await take(`lease ${index}`);
    const states = await Promise.all([0, 1, 4_998, 4_999, 5_000].map((index) => stateOf(`lease ${index}`)));
    expect(states).toEqual(['pending', 'new', 'pending', 'new', 'pending']);
  });
});
