import { describe, expect, it, vi } from 'vitest';
import { type Claim, type DedupeStore, DixaConfigurationError, memoryDedupe } from '../../../src/receiver/index.js';
import { pass, useFakeClock, watch } from '../../support/fake-clock.js';
import { notingReceiver } from '../../support/receiver-made.js';

const down = new Error('the store is down');
it.each([[undefined], [true], [{}], [{ state: 'NEW' }]])(
  'a store whose claim resolves with %o is reported, and not waited for',
  async (claim) => {
    const { event, handler } = receiverOver({ claim: async () => claim as Claim });
    const message = "claim() of the dedupe store must resolve with a state of 'new', 'pending' or 'done'.";
    expect(await event()).toMatchObject({ status: 500, error: new DixaConfigurationError(message) });
    expect(handler).not.toHaveBeenCalled();
  },
);

const failing: Record<string, () => never | Promise<never>> = {
  'by throwing': () => {
    throw down;
  },
  'by rejecting': async () => {
    throw down;
  },
};

function receiverOver(broken: Partial<DedupeStore>) {
  const made = notingReceiver({ dedupe: { ...memoryDedupe(), ...broken }, pendingWaitMs: 0 });
  const handler = vi.fn((): unknown => undefined);
  made.receiver.onAny(handler);
  return { ...made, handler };
}

describe.each(Object.entries(failing))('a store that fails %s', (_, fails) => {
  it('to claim: the event is not handled, and the sender told 500, so that it comes again', async () => {
    const { event, handler, onError } = receiverOver({ claim: fails });
    expect(await event()).toMatchObject({ status: 500, outcome: 'failed', error: down });
    expect(handler).not.toHaveBeenCalled();
    expect(onError.mock.calls).toEqual([[down, expect.objectContaining({ event: expect.anything() })]]);
  });

  it('to commit is asked again until the lease ends; then the sender is told 500', async () => {
    const { event, handler, onError } = receiverOver({ commit: fails });
    useFakeClock();
    const first = watch(event());
    await pass(0);
    await pass(59_000);
    expect(first.ended).toBeUndefined();
    await pass(1_000);
    expect(first.ended).toMatchObject({ value: { status: 500, outcome: 'failed', error: down } });
    expect(handler).toHaveBeenCalledOnce();
    expect(onError.mock.calls.map(([error]) => error)).toEqual([down]);
  });

  it('to commit once has handled the event once: a copy is a duplicate', async () => {
    const store = memoryDedupe();
    let isDown = true;
    const { event, handler } = receiverOver({
      ...store,
      commit(...args) {
        if (isDown) {
          isDown = false;
          return fails();
        }
        return store.commit(...args);
      },
    });
    expect(await event()).toMatchObject({ status: 200, outcome: 'handled' });
    expect(await event()).toMatchObject({ status: 200, outcome: 'duplicate' });
    expect(handler).toHaveBeenCalledOnce();
  });

  it('to release: the error of the handler is the answer, and both are told', async () => {
    const { event, handler, onError, notes } = receiverOver({ release: fails });
    const error = new Error('the handler failed');
    handler.mockImplementation(() => {
      throw error;
    });

    expect(await event()).toMatchObject({ status: 500, outcome: 'failed', error });
    expect(notes).toEqual([`error: ${down.message}`, `error: ${error.message}`]);
    for (const [, context] of onError.mock.calls) expect(context).toHaveProperty('event.event_id');
  });

  it('is asked again for the next copy', async () => {
    const claim = vi.fn(memoryDedupe().claim).mockImplementationOnce(fails);
    const { event } = receiverOver({ claim });
    expect([(await event()).status, (await event()).status]).toEqual([500, 200]);
  });
});
