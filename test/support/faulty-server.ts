import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Behaviour, type Received, receive } from './faults.js';

export interface FaultyServer {
  readonly baseUrl: string;
  readonly requests: readonly Received[];
  /** Resolves when so many requests have come in all. */
  readonly arrival: (count: number) => Promise<void>;
}

/**
 * Starts a real HTTP server for one test that treats its requests as `behaviours` say, in turn, and all later ones as
 * the last. It is closed, with all its connections, when the test ends.
 */
export async function faultyServer(...behaviours: readonly Behaviour[]): Promise<FaultyServer> {
  const requests: Received[] = [];
  const awaited: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer(async (incoming, reply) => {
    const request = await receive(incoming);
    requests.push(request);
    for (const { count, resolve } of awaited) if (requests.length >= count) resolve();
    (behaviours[requests.length - 1] ?? behaviours.at(-1))?.(reply, request, incoming.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const arrival = async (count: number) => {
    if (requests.length < count) await new Promise<void>((resolve) => awaited.push({ count, resolve }));
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, arrival };
}
