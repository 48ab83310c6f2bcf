import { Hmac, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReceiver } from '../../../../src/receiver/index.js';
import { delivery, eventText } from '../../../support/receiver-delivery.js';

afterEach(() => vi.restoreAllMocks());

/** A receiver with a secret of its own and a store that notes its keys; deliveries are signed without using its key. */
async function dedupingReceiver() {
  const secret = randomBytes(32).toString('hex');
  const keys: string[] = [];
  const store = {
    claim(key: string) {
      keys.push(key);
      return { state: 'new', token: 'x' } as const;
    },
    commit() {},
    release() {},
  };
  const receiver = createReceiver({ secret, dedupe: store });
  const signer = { secret: secret.toUpperCase() };
  const sent = await Promise.all(['a', 'b', 'c'].map((event_id) => delivery(eventText({ event_id }), signer)));
  return { keys, receive: async (index: number) => (await receiver.receive(sent[index] as (typeof sent)[0])).outcome };
}

describe('what begins the dedupe keys of a secret', () => {
  it('is computed for its first delivery only', async () => {
    const { keys, receive } = await dedupingReceiver();
    const spies = [vi.spyOn(Hmac.prototype, 'digest'), vi.spyOn(crypto.subtle, 'sign')];
    const counts: number[] = [];
    for (const index of [0, 1, 2]) {
      for (const spy of spies) spy.mockClear();
      expect(await receive(index)).toBe('handled');
      counts.push(spies.reduce((sum, { mock }) => sum + mock.calls.length, 0));
    }

    expect(counts).toEqual([2, 1, 1]);
    const [scope = ''] = keys[0]?.split(':') ?? [];
    expect(scope).toMatch(/^[\da-f]{16}$/);
    expect(keys).toEqual([`${scope}:a`, `${scope}:b`, `${scope}:c`]);
  });
});

describe('what WebCrypto computes for a delivery', () => {
  it.each([
    ['importKey', 0],
    ['importKey', 1],
    ['sign', 0],
    ['sign', 1],
    ['sign', 2],
    ['sign', 3],
  ] as const)('is never waited for by another delivery, even if it hangs: %s, call %i', async (name, hanging) => {
    const { receive } = await dedupingReceiver();
    const method = (crypto.subtle[name] as (...args: unknown[]) => Promise<unknown>).bind(crypto.subtle);
    let calls = 0;
    vi.spyOn(crypto.subtle, name).mockImplementation(((...args: unknown[]) => {
      calls += 1;
      return calls === hanging + 1 ? new Promise(() => {}) : method(...args);
    }) as never);

    expect(await Promise.race([receive(0), receive(1)])).toBe('handled');
  });
});
