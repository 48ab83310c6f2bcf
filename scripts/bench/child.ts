// Runs the work of one contender for each message with a duration, and replies with the CPU time used, including garbage collection.
// For `http`, it starts a server instead, and prints its URL.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientWork } from './clients.js';
import type { Task, Work } from './harness.js';
import { nodeListeners, receiverWork } from './receivers.js';

const works: Readonly<Record<string, (task: Task) => Promise<Work>>> = {
  client: clientWork,
  'client-http': clientWork,
  receiver: receiverWork,
};

const task: Task = JSON.parse(process.argv[2] ?? '');
const work = await works[task.section]?.(task);
if (work) takeOrders(work);
else {
  const server = createServer(await nodeListeners[task.contender]?.());
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

function takeOrders(run: Work): void {
  /** The operations between two readings of the clock, about 5 ms. */
  let batch = 1;
  process.on('message', async (ms: number) => {
    const before = process.cpuUsage();
    let [cpu, count] = [0, 0];
    while (cpu < ms * 1000) {
      for (let done = 0; done < batch; done += 1) {
        const result = run();
        if (result instanceof Promise) await result;
      }
      // Let the event loop turn, as in a real program: otherwise timers and finalizers would never run.
      await new Promise(setImmediate);
      const { user, system } = process.cpuUsage(before);
      cpu = user + system;
      count += batch;
      batch = Math.ceil((count / cpu) * 5_000);
    }
    process.send?.({ cpu, count });
  });
  process.once('disconnect', () => process.exit());
  process.send?.('ready');
}
