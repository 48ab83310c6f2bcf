// Does the work of one contender whenever it is told for how long, and answers with the CPU that it took, garbage collection
// included. For `http`, it serves instead, and prints its address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientWork, limiterGrowth } from './clients.js';
import type { Task, Work } from './harness.js';
import { dedupeGrowth, nodeListeners, receiverWork } from './receivers.js';

const works: Readonly<Record<string, (task: Task) => Promise<Work>>> = {
  client: clientWork,
  'client-http': clientWork,
  receiver: receiverWork,
  growth: (task) => (task.case.startsWith('memoryDedupe') ? dedupeGrowth(task) : limiterGrowth(task)),
};

const task: Task = JSON.parse(process.argv[2] ?? '');
const work = await works[task.section]?.(task);
if (work) takeOrders(work);
else {
  const server = createServer(await nodeListeners[task.contender]?.());
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

function takeOrders({ run, operations = 1 }: Work): void {
  /** So many that the clock is read about every 5 ms. */
  let batch = 1;
  process.on('message', async (ms: number) => {
    const before = process.cpuUsage();
    let [cpu, count] = [0, 0];
    while (cpu < ms * 1000) {
      for (let done = 0; done < batch; done += 1) {
        const result = run();
        if (result instanceof Promise) await result;
      }
      // As in a real program, the event loop turns: else timers and finalizers would never run.
      await new Promise(setImmediate);
      const { user, system } = process.cpuUsage(before);
      cpu = user + system;
      count += batch;
      batch = Math.ceil((count / cpu) * 5_000);
    }
    process.send?.({ cpu, count: count * operations });
  });
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}
