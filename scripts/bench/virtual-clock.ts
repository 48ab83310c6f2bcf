/**
 * Replaces timers and the clock of this process: time passes at once, from timer to timer, so that what waits for
 * minutes can be measured by the processor's time alone. Gives what lets time pass until a promise is settled.
 */
export function useVirtualClock(): (promise: Promise<unknown>) => Promise<void> {
  const timers = new Map<number, { readonly at: number; readonly act: () => void }>();
  let now = performance.now();
  let made = 0;
  const setTimer = (act: () => void, ms = 0) => {
    made += 1;
    timers.set(made, { at: now + Math.max(ms, 0), act });
    return made;
  };
  const clearTimer = (timer: number) => timers.delete(timer);
  Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: clearTimer });
  performance.now = () => now;

  const passToNext = () => {
    const [first, ...others] = timers;
    if (!first) throw new Error('Nothing is left that could happen.');
    const [id, { at, act }] = others.reduce((next, other) => (other[1].at < next[1].at ? other : next), first);
    timers.delete(id);
    now = Math.max(now, at);
    act();
  };
  return async (promise) => {
    let isPending = true;
    const settle = () => {
      isPending = false;
    };
    promise.then(settle, settle);
    for (;;) {
      await new Promise(setImmediate); // Whatever can happen without time passing has happened then.
      if (!isPending) return;
      passToNext();
    }
  };
}
