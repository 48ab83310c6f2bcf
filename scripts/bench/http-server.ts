import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeListener } from './listeners.js';
import type { ReceiverFiles } from './receivers.js';

/** What this program is told in its only argument. */
export interface ServerTask {
  readonly listener: string;
  readonly files: ReceiverFiles;
}

/** What it sends once it listens, on loopback only. */
export interface ServerReady {
  readonly port: number;
}

const { listener, files }: ServerTask = JSON.parse(process.argv[2] ?? '');
const server = createServer(await makeListener(listener, files));

server.listen(0, '127.0.0.1', () => {
  const ready: ServerReady = { port: (server.address() as AddressInfo).port };
  process.send?.(ready);
});
// The one who started it has ended, or wants it to.
process.once('disconnect', () => process.exit());
