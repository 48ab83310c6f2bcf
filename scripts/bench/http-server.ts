import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltFiles } from './built.js';
import { makeListener } from './listeners.js';

/** What this program is told in its only argument. */
export interface ServerTask {
  readonly listener: string;
  readonly files: BuiltFiles;
}

/** What it sends once it listens, on loopback only. */
export interface ServerReady {
  readonly port: number;
}

/** What it answers any message with. */
export interface ServerUsage {
  readonly cpu: number;
}

const { listener, files }: ServerTask = JSON.parse(process.argv[2] ?? '');
const server = createServer(await makeListener(listener, files));

// No turn may meet a connection that is just being closed.
server.keepAliveTimeout = 60_000;

server.listen(0, '127.0.0.1', () => {
  const ready: ServerReady = { port: (server.address() as AddressInfo).port };
  process.send?.(ready);
});
// Whoever sends a message is told the processor's time so far, in microseconds.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const used: ServerUsage = { cpu: user + system };
  process.send?.(used);
});
// The one who started it has ended, or wants it to.
process.once('disconnect', () => process.exit());
