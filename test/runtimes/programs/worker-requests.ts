import { env } from 'cloudflare:workers';
import { createDixaWebhooks, type DixaWebhooks } from 'dixa-webhooks';
import { createReceiver, memoryDedupe } from 'dixa-webhooks/receiver';
import { apiKey } from '../suite/client.js';

/** When a call of the client `limited` was made, and when its request was sent. */
export interface Notes {
  readonly made: (string | null)[];
  readonly sent: { readonly call: string | null; readonly at: number }[];
}

const { urls } = env;
const notes: Notes = { made: [], sent: [] };

/** What all requests share: made in module scope, as in a worker of one's own. */
const clients: Readonly<Record<string, DixaWebhooks>> = {
  limited: createDixaWebhooks({
    apiKey,
    baseUrl: urls.limited,
    fetch(url, init) {
      notes.sent.push({ call: new Headers(init?.headers).get('x-call'), at: performance.now() });
      return fetch(url, init);
    },
  }),
  held: createDixaWebhooks({ apiKey, baseUrl: urls.held, rateLimit: false, onRetry: () => fetch(urls.heldBegins) }),
  left: createDixaWebhooks({ apiKey, baseUrl: urls.left, rateLimit: false, onRetry: () => fetch(urls.leftBegins) }),
};

/** Fetches the URLs that an event names, one after another. */
const receiver = createReceiver({ secret: '5e'.repeat(32), dedupe: { store: memoryDedupe(), leaseMs: 500 } });
receiver.onAny(async ({ data }) => {
  for (const url of (data as { urls: string[] }).urls) await fetch(url);
});

/** Runs the action that a path of `/shared/` names. When it starts, it fetches the URL `tell`. */
export async function serveShared(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, , what = '', name = ''] = pathname.split('/');
  const call = searchParams.get('call');
  const tell = searchParams.get('tell');
  if (what === 'notes') return Response.json(notes);
  if (what === 'deliver') return receiver.fetch(request);
  if (name === 'limited') notes.made.push(call);
  const work = what === 'idle' ? receiver.idle() : clients[name]?.list({ headers: { 'X-Call': call ?? '' } });
  if (tell) await fetch(tell);
  await work;
  return new Response('done');
}
