/** Bytes on the heap that something still holds. What only a finalizer lets go needs a turn of the event loop. */
export async function heapLeft(): Promise<number> {
  if (!globalThis.gc) throw new Error('This program needs --expose-gc.');
  for (let turn = 0; turn < 5; turn += 1) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}
