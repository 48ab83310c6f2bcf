import createClient from 'openapi-fetch';
import type { paths } from '../../generated/openapi.js';
import wanted from '../../openapi/examples/create-no-auth.json' with { type: 'json' };
import listed from '../../openapi/examples/subscription-list.json' with { type: 'json' };
import created from '../../openapi/examples/subscription-no-auth.json' with { type: 'json' };
import type { Task, Work } from './harness.js';

/** The target of calls. With `fetch`, responses come from memory. */
type Target = { readonly baseUrl: string; readonly fetch?: typeof globalThis.fetch };

/** The measured calls. Each resolves with `data` of the response. */
type Calls = Readonly<Record<string, () => Promise<unknown>>>;

const apiKey = 'a-key-of-the-benchmark';
const headers = { Authorization: apiKey };
const path = '/webhooks';
/** With everything that the API requires, so that all clients send the same. */
const body = { ...wanted.value, events: ['ConversationClosed' as const], authorization: { _type: 'NoAuth' as const } };
const texts = { list: JSON.stringify(listed.value), create: JSON.stringify(created.value) };

/** The response to either call, over HTTP and in memory. */
export const replyTo = (method: string | undefined) =>
  method === 'POST' ? { status: 201, text: texts.create } : { status: 200, text: texts.list };

async function fetchInMemory(input: unknown, init?: RequestInit): Promise<Response> {
  const { status, text } = replyTo(init?.method ?? (input as { method?: string }).method);
  return new Response(text, { status, headers: { 'Content-Type': 'application/json' } });
}

/** The minimum of error handling. */
function checked(response: Response): Response {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

/** The clients, each used as its documentation shows, with its defaults. */
export const clients: Readonly<Record<string, (target: Target) => Promise<Calls>>> = {
  async 'dixa-webhooks'(target) {
    const { createDixaWebhooks } = await import('dixa-webhooks');
    const dixa = createDixaWebhooks({ ...target, apiKey, rateLimit: false });
    return { list: () => dixa.list(), create: () => dixa.create(body) };
  },
  async 'openapi-fetch'(target) {
    const client = createClient<paths>({ ...target, headers });
    const dataOf = ({ data, response }: { data?: { data?: unknown }; response: Response }) =>
      checked(response) && data?.data;
    return {
      list: async () => dataOf(await client.GET(path)),
      create: async () => dataOf(await client.POST(path, { body })),
    };
  },
  async 'bare fetch'({ baseUrl, fetch = globalThis.fetch }) {
    const url = baseUrl + path;
    const dataOf = async (response: Response) => ((await checked(response).json()) as { data: unknown }).data;
    const post = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' } };
    return {
      list: async () => dataOf(await fetch(url, { headers })),
      create: async () => dataOf(await fetch(url, { ...post, body: JSON.stringify(body) })),
    };
  },
  async ky({ baseUrl: prefixUrl, fetch }) {
    const ky = (await import('ky' as string)).default.create({ prefixUrl, headers, ...(fetch && { fetch }) });
    return {
      list: async () => (await ky.get(path.slice(1)).json()).data,
      create: async () => (await ky.post(path.slice(1), { json: body }).json()).data,
    };
  },
  /** Over HTTP it uses node:http. Only its other adapter accepts a `fetch`. */
  async axios({ baseUrl: baseURL, fetch }) {
    const inMemory = fetch && { adapter: 'fetch', env: { fetch, Request, Response } };
    const axios = (await import('axios' as string)).default.create({ baseURL, headers, ...inMemory });
    return {
      list: async () => (await axios.get(path)).data.data,
      create: async () => (await axios.post(path, body)).data.data,
    };
  },
};

/** One call of a client, after checking that it returns the right data. */
export async function clientWork({ contender, case: call, baseUrl }: Task): Promise<Work> {
  const target = baseUrl ? { baseUrl } : { baseUrl: 'https://api.example.com', fetch: fetchInMemory };
  const run = (await clients[contender]?.(target))?.[call];
  const data = JSON.stringify({ data: await run?.() });
  if (data !== texts[call as keyof typeof texts]) throw new Error(`${contender} returned ${data}.`);
  return () => run?.();
}
