import createClient from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import type { CreateWebhookSubscription } from '../../src/index.js';
import type { Work } from './child.js';
import type { Task } from './harness.js';
import { peer } from './peer.js';

/** Where calls go. With `fetch`, they are answered in memory. */
interface Target {
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** The two calls that are measured; each resolves with what is in `data` of the response. */
interface Calls {
  readonly list: () => Promise<unknown>;
  readonly create: () => Promise<unknown>;
}

const apiKey = 'a-key-of-the-benchmark';
const headers = { Authorization: apiKey };
const path = '/webhooks';

/** With all that the API requires, so that clients which add nothing send the same. */
const wanted = {
  name: 'Ratings to the dashboard',
  url: 'https://hooks.example.com/dixa',
  events: ['ConversationRated', 'ConversationClosed'],
  authorization: { _type: 'NoAuth' },
  customHeaders: {},
} satisfies CreateWebhookSubscription;

const subscription = {
  id: '5f0c8a1e-3b7d-4c52-9e46-d1a27b90c3f8',
  name: wanted.name,
  url: wanted.url,
  subscribedEvents: wanted.events,
  headers: {},
  authorization: wanted.authorization,
  enabled: true,
};
const listed = JSON.stringify({ data: [subscription, subscription, subscription] });
const created = JSON.stringify({ data: subscription });

/** The response to either call, over HTTP and in memory. */
export const replyTo = (method: string | undefined) =>
  method === 'POST' ? { status: 201, text: created } : { status: 200, text: listed };

async function fetchInMemory(input: unknown, init?: RequestInit): Promise<Response> {
  const { status, text } = replyTo(init?.method ?? (input as { method?: string }).method);
  return new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
}

/** The clients, each used as its own documentation shows, with its own defaults. */
export const clients: Readonly<Record<string, (target: Target) => Calls | Promise<Calls>>> = {
  async 'dixa-webhooks'(target) {
    const { createDixaWebhooks } = await import('dixa-webhooks');
    const dixa = createDixaWebhooks({ ...target, apiKey, rateLimit: false });
    return { list: () => dixa.list(), create: () => dixa.create(wanted) };
  },
  'openapi-fetch': (target) => openapiFetch(target),
  'openapi-fetch with AbortSignal.timeout': (target) =>
    openapiFetch(target, () => ({ signal: AbortSignal.timeout(30_000) })),
  /** The least that still tells an error from a result. */
  'bare fetch'({ baseUrl, fetch = globalThis.fetch }) {
    const read = async (response: Response) => {
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return ((await response.json()) as { data: unknown }).data;
    };
    const post = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } };
    return {
      list: async () => read(await fetch(baseUrl + path, { headers })),
      create: async () => read(await fetch(baseUrl + path, { ...post, body: JSON.stringify(wanted) })),
    };
  },
  async ofetch({ baseUrl: baseURL, fetch }) {
    const { ofetch, createFetch } = await peer('ofetch');
    const made = fetch ? createFetch({ fetch, defaults: { baseURL, headers } }) : ofetch.create({ baseURL, headers });
    return {
      list: async () => (await made(path)).data,
      create: async () => (await made(path, { method: 'POST', body: wanted })).data,
    };
  },
  async '@hey-api/client-fetch'({ baseUrl, fetch }) {
    const { createClient, createConfig } = await peer('@hey-api/client-fetch');
    const client = createClient(createConfig({ baseUrl, headers, throwOnError: true, ...(fetch && { fetch }) }));
    const post = { url: path, body: wanted, headers: { 'Content-Type': 'application/json' } };
    return {
      list: async () => (await client.get({ url: path })).data.data,
      create: async () => (await client.post(post)).data.data,
    };
  },
  async ky({ baseUrl: prefixUrl, fetch }) {
    const ky = (await peer('ky')).default.create({ prefixUrl, headers, ...(fetch && { fetch }) });
    return {
      list: async () => (await ky.get(path.slice(1)).json()).data,
      create: async () => (await ky.post(path.slice(1), { json: wanted }).json()).data,
    };
  },
  /** Over HTTP it uses node:http; only its other adapter takes a `fetch`. */
  async axios({ baseUrl: baseURL, fetch }) {
    const inMemory = fetch && { adapter: 'fetch', env: { fetch, Request, Response } };
    const axios = (await peer('axios')).default.create({ baseURL, headers, ...inMemory });
    return {
      list: async () => (await axios.get(path)).data.data,
      create: async () => (await axios.post(path, wanted)).data.data,
    };
  },
};

function openapiFetch(target: Target, init: () => Pick<RequestInit, 'signal'> = () => ({})): Calls {
  const client = createClient<paths>({ ...target, headers });
  const read = ({ data, response }: { data?: { data?: unknown }; response: Response }) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return data?.data;
  };
  return {
    list: async () => read(await client.GET(path, init())),
    create: async () => read(await client.POST(path, { body: wanted, ...init() })),
  };
}

/** One call of a client, after proof that it returns what the server has. */
export async function clientWork({ contender, case: call, baseUrl }: Task): Promise<Work> {
  const target = baseUrl ? { baseUrl } : { baseUrl: 'https://api.example.com', fetch: fetchInMemory };
  const calls = await clients[contender]?.(target);
  const result = [await calls?.list(), await calls?.create()];
  if (JSON.stringify(result) !== JSON.stringify([listed, created].map((text) => JSON.parse(text).data))) {
    throw new Error(`${contender} returned ${JSON.stringify(result)}.`);
  }
  return { run: () => calls?.[call as keyof Calls]() };
}
