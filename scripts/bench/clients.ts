import createClient from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import { answerAtOnce, apiKey, subscription, wanted } from './api.js';
import type { BuiltClient } from './built.js';
import { peer, type Reply } from './peers.js';

/** Where the calls go, and through what: through what each takes by itself where there is no `fetch`. */
export interface Target {
  /** The file of the built client. */
  readonly client: string;
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** The API at a port of this machine; without one, calls are answered in memory. */
export function targetAt(client: string, apiPort?: number): Target {
  return apiPort === undefined
    ? { client, baseUrl: 'https://api.example.com', fetch: answerAtOnce }
    : { client, baseUrl: `http://127.0.0.1:${apiPort}` };
}

/** The two calls that are measured. Each gives what it found in `data`. */
export interface Calls {
  get(): Promise<unknown>;
  create(): Promise<unknown>;
}

const { id } = subscription;
const headers = { Authorization: apiKey };
const all = '/webhooks';
const one = `${all}/${id}`;

/** The clients, each as its own documentation has it used, with its own defaults. Peers are loaded only where they are used. */
const makers: Readonly<Record<string, (target: Target) => Calls | Promise<Calls>>> = {
  'openapi-fetch': openapiFetch,
  'dixa-webhooks': ours,
  'openapi-fetch with AbortSignal.timeout': (target) =>
    openapiFetch(target, () => ({ signal: AbortSignal.timeout(30_000) })),
  fetch: bare,
  ofetch: throughOfetch,
  '@hey-api/client-fetch': throughHeyApi,
  ky: throughKy,
  axios: throughAxios,
};

/** What leaves thousands of timers and signals behind, which slow down who waits with timers too. */
export const clientsApart: readonly string[] = ['openapi-fetch with AbortSignal.timeout'];

/** The clients that share a process. One alone takes several times as long until V8 has compiled what lies beneath it. */
export const clientsTogether: readonly string[] = Object.keys(makers).filter((name) => !clientsApart.includes(name));

/** Makes one client, and proves that it gives what the server has. */
export async function makeClient(name: string, target: Target): Promise<Calls> {
  const calls = await makers[name]?.(target);
  for (const result of [await calls?.get(), await calls?.create()]) {
    if ((result as { id?: unknown } | undefined)?.id !== id) throw new Error(`${name} does not give the subscription.`);
  }
  return calls as Calls;
}

async function ours({ client, baseUrl, fetch }: Target): Promise<Calls> {
  const { createDixaWebhooks }: BuiltClient = await import(client);
  const dixa = createDixaWebhooks({ baseUrl, fetch, apiKey, rateLimit: false });
  return { get: () => dixa.get(id), create: () => dixa.create(wanted) };
}

/** What one writes by hand: the least that still tells an error from a result. */
function bare({ baseUrl, fetch = globalThis.fetch }: Target): Calls {
  const read = async (response: Response) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return ((await response.json()) as Reply).data;
  };
  const init = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } };
  return {
    get: async () => read(await fetch(baseUrl + one, { headers })),
    create: async () => read(await fetch(baseUrl + all, { ...init, body: JSON.stringify(wanted) })),
  };
}

function openapiFetch({ baseUrl, fetch }: Target, init: () => Pick<RequestInit, 'signal'> = () => ({})): Calls {
  const client = createClient<paths>({ baseUrl, headers, ...(fetch && { fetch }) });
  const read = ({ data, response }: { data?: Reply; response: Response }) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return data?.data;
  };
  const params = { path: { webhookSubscriptionId: id } };
  const body = { ...wanted, events: [...wanted.events] };
  return {
    get: async () => read(await client.GET('/webhooks/{webhookSubscriptionId}', { params, ...init() })),
    create: async () => read(await client.POST('/webhooks', { body, ...init() })),
  };
}

async function throughOfetch({ baseUrl: baseURL, fetch }: Target): Promise<Calls> {
  const { ofetch, createFetch } = await peer('ofetch');
  const made = fetch ? createFetch({ fetch, defaults: { baseURL, headers } }) : ofetch.create({ baseURL, headers });
  return {
    get: async () => (await made(one)).data,
    create: async () => (await made(all, { method: 'POST', body: wanted })).data,
  };
}

async function throughHeyApi({ baseUrl, fetch }: Target): Promise<Calls> {
  const { createClient, createConfig } = await peer('@hey-api/client-fetch');
  const client = createClient(createConfig({ baseUrl, headers, throwOnError: true, ...(fetch && { fetch }) }));
  return {
    get: async () => (await client.get({ url: '/webhooks/{id}', path: { id } })).data.data,
    create: async () =>
      (await client.post({ url: all, body: wanted, headers: { 'Content-Type': 'application/json' } })).data.data,
  };
}

async function throughKy({ baseUrl: prefixUrl, fetch }: Target): Promise<Calls> {
  const { default: ky } = await peer('ky');
  const made = ky.create({ prefixUrl, headers, ...(fetch && { fetch }) });
  return {
    get: async () => (await made.get(one.slice(1)).json()).data,
    create: async () => (await made.post(all.slice(1), { json: wanted }).json()).data,
  };
}

/** Over the network it takes node:http by itself; only its other adapter takes a `fetch`. */
async function throughAxios({ baseUrl: baseURL, fetch }: Target): Promise<Calls> {
  const { default: axios } = await peer('axios');
  const inMemory = fetch && { adapter: 'fetch', env: { fetch, Request, Response } };
  const made = axios.create({ baseURL, headers, ...inMemory });
  return {
    get: async () => (await made.get(one)).data.data,
    create: async () => (await made.post(all, wanted)).data.data,
  };
}
