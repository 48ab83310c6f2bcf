import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  answer,
  type Behaviour,
  endWithinBody,
  type Received,
  receive,
  resetAtOnce,
  resetWithinBody,
  saysNothing,
  stallsWithinBody,
  succeed,
} from '../support/faults.js';
import type { StepName } from './suite/faulty.js';

const atOnce = { 'Retry-After': '0' };

/** The faults that a path can request by name. */
const steps: Readonly<Record<StepName, Behaviour>> = {
  succeed,
  unavailable: answer(503, 'no JSON', atOnce),
  limited: answer(429, '', atOnce),
  limitedForASecond: answer(429, '', { 'Retry-After': '1' }),
  unauthorized: answer(401),
  page: answer(200, '<!DOCTYPE html><title>hidden</title>', { 'Content-Type': 'text/html' }),
  redirect: (reply, request, socket) =>
    answer(307, '', { Location: `${elsewhere(request.path)}/webhooks` })(reply, request, socket),
  echo: (reply, request, socket) =>
    answer(400, JSON.stringify({ message: `You sent ${JSON.stringify(request.headers)}` }))(reply, request, socket),
  resetAtOnce,
  resetWithinBody,
  endWithinBody,
  saysNothing,
  stallsWithinBody,
};

/** The target of a redirect: a separate place next to the requested one. */
const elsewhere = (path: string) => `/${path.split('/')[1]}-elsewhere/succeed`;

/** What came to one place. */
interface Place {
  readonly requests: Received[];
  readonly awaited: Set<() => void>;
}

export interface FaultServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a server that fails as it is asked to. At `/<place>/<step>.<step>…` it treats the requests of a place as the
 * steps say, in turn, and all later ones as the last; at `/<place>?count=<n>` it tells what came there, once that is
 * so many. Pages of other origins may ask it too.
 */
export async function startFaultServer(): Promise<FaultServer> {
  const places = new Map<string, Place>();
  const server = createServer(async (incoming, reply) => {
    allowPages(incoming, reply);
    if (incoming.method === 'OPTIONS') return void reply.writeHead(204).end();
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost');
    const [, name = '', plan] = pathname.split('/');
    const place = places.get(name) ?? { requests: [], awaited: new Set() };
    places.set(name, place);
    if (plan === undefined) return void (await tell(place, Number(searchParams.get('count')), reply));

    const request = await receive(incoming).catch(() => undefined);
    if (!request) return;
    place.requests.push(request);
    for (const look of place.awaited) look();
    const behaviours = plan.split('.').map((step) => steps[step as StepName]);
    const behaviour = behaviours[place.requests.length - 1] ?? behaviours.at(-1);
    if (!behaviour) return void reply.writeHead(501).end();
    behaviour(reply, request, incoming.socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function allowPages({ headers }: IncomingMessage, reply: ServerResponse): void {
  reply.setHeader('Access-Control-Allow-Origin', '*');
  reply.setHeader('Access-Control-Expose-Headers', '*');
  reply.setHeader('Access-Control-Allow-Methods', headers['access-control-request-method'] ?? '*');
  reply.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '*');
}

async function tell({ requests, awaited }: Place, count: number, reply: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      if (requests.length < count) return;
      awaited.delete(look);
      resolve();
    };
    awaited.add(look);
    look();
  });
  reply.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(requests));
}
