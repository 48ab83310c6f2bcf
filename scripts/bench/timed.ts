/** Microseconds of one piece of work: how long it took, and the processor's time for it, whatever else ran meanwhile. */
export interface Cost {
  readonly time: number;
  readonly cpu: number;
}

/** Gives what measures a piece of work for about `sliceMs`, after it has run often enough to be compiled. */
export async function timed(work: () => unknown, sliceMs: number): Promise<() => Promise<Cost>> {
  let count = 1;
  let taken = await repeat(work, count);
  for (; taken < sliceMs; taken = await repeat(work, count)) count *= 2;
  const perSlice = Math.max(1, Math.round((count * sliceMs) / taken));
  return async () => {
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
