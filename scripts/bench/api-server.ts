import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callHeader, type Passage, passageOf, replyText, statusOf } from './api.js';
import { pollIfAsked } from './polling.js';

/** What this program sends once it listens, on loopback only. */
export interface ApiReady {
  readonly port: number;
}

/** It answers any message with the calls that came since the last one. */
let arrivals: Passage[] = [];

const server = createServer((request, response) => {
  const call = request.headers[callHeader];
  if (call) arrivals.push(passageOf(call));
  request.resume().once('end', () => {
    response.writeHead(statusOf(request.method), {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(replyText),
    });
    response.end(replyText);
  });
});
// No measurement may meet a connection that is just being closed.
server.keepAliveTimeout = 0;

server.listen(0, '127.0.0.1', () => {
  const ready: ApiReady = { port: (server.address() as AddressInfo).port };
  process.send?.(ready);
});
process.on('message', () => {
  process.send?.(arrivals);
  arrivals = [];
});
process.once('disconnect', () => process.exit());
pollIfAsked();
