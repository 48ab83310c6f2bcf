/** Microseconds of one piece of work: how long it took, and the processor's time for it, whatever else ran meanwhile. */
export interface Cost {
  readonly time: number;
  readonly cpu: number;
}

/**
 * Gives what measures a piece of work for about `sliceMs`, after it has run for so long that it is compiled. Each time the
 * work first runs a quarter as long without being measured: what others had in the processor's caches is not its cost.
 */
export async function timed(work: () => unknown, sliceMs: number, warmUpMs: number): Promise<() => Promise<Cost>> {
  let count = 1;
  let taken = 0;
  for (let warm = 0; warm < warmUpMs || taken < sliceMs; warm += taken) {
    if (taken < sliceMs) count *= 2;
    taken = await repeat(work, count);
  }
  const perSlice = Math.max(1, Math.round((count * sliceMs) / taken));
  return async () => {
    await repeat(work, Math.ceil(perSlice / 4));
    const before = process.cpuUsage();
    const ms = await repeat(work, perSlice);
    const { user, system } = process.cpuUsage(before);
    return { time: (ms * 1000) / perSlice, cpu: (user + system) / perSlice };
  };
}

async function repeat(work: () => unknown, count: number): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < count; done += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  return performance.now() - start;
}
