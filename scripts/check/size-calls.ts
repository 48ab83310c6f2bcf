import createClient from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { measureByTurns } from '../bench/rounds.js';
import { importBuilt } from '../demo/index.js';

const ROUNDS = 41;
const CALLS = 200;

/** Microseconds of one call, all of it in memory. */
export interface CallTimes {
  readonly ours: number;
  readonly bare: number;
  readonly bareWithTimeout: number;
}

const address = 'https://api.example.com/beta';
const subscription = {
  id: '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
  name: 'Orders',
  url: 'https://hooks.example.com/dixa',
  subscribedEvents: ['ConversationCreated'],
  enabled: true,
};
const body = {
  name: 'Orders',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationCreated'],
  authorization: { _type: 'NoAuth' },
  customHeaders: {},
} as const;

/**
 * What a call of the built client costs beside the same call of openapi-fetch alone, and of openapi-fetch with
 * `AbortSignal.timeout`, which gives it one of the things that the client does.
 */
export async function measureCalls(): Promise<{ list: CallTimes; create: CallTimes }> {
  const { createDixaWebhooks } = await importBuilt();
  const listed = reply(200, { data: [subscription, subscription] });
  const created = reply(201, { data: subscription });
  const fetch = async (_: unknown, init?: RequestInit) => (init?.method === 'POST' ? created() : listed());
  const bareFetch = async ({ method }: Request) => (method === 'POST' ? created() : listed());

  const dixa = createDixaWebhooks({ apiKey: 'in-memory', baseUrl: address, rateLimit: false, fetch });
  const bare = createClient<paths>({ baseUrl: address, fetch: bareFetch, headers: { Authorization: 'in-memory' } });
  const timeout = () => AbortSignal.timeout(30_000);
  const post = { body: { ...body, events: [...body.events] } };

  return {
    list: await measureByTurns(
      {
        ours: timed(() => dixa.list()),
        bare: timed(() => bare.GET('/webhooks')),
        bareWithTimeout: timed(() => bare.GET('/webhooks', { signal: timeout() })),
      },
      ROUNDS,
    ),
    create: await measureByTurns(
      {
        ours: timed(() => dixa.create(body)),
        bare: timed(() => bare.POST('/webhooks', post)),
        bareWithTimeout: timed(() => bare.POST('/webhooks', { ...post, signal: timeout() })),
      },
      ROUNDS,
    ),
  };
}

function reply(status: number, data: unknown): () => Response {
  const text = JSON.stringify(data);
  return () => new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
}

function timed(call: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const start = performance.now();
    for (let count = 0; count < CALLS; count += 1) await call();
    return ((performance.now() - start) / CALLS) * 1000;
  };
}
