import {
  createDixaWebhooks,
  type DixaWebhooks,
  type DixaWebhooksOptions,
  type WebhookEventType,
} from '../../src/client/index.js';

/** A request as a fake `fetch` got it. */
export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly init: RequestInit;
  /** When, in milliseconds of the monotonic clock. */
  readonly at: number;
}

/** The response to one request. */
export type Answer = (sent: Sent) => Response | Promise<Response>;

export const apiKey = 'fake-key.of-the-unit-tests';
export const subscriptionId = '7f2b1c3d-0a4e-4b5c-8d6f-112233445566';
export const subscription = {
  id: subscriptionId,
  name: 'unit tests',
  url: 'https://example.com/hook',
  headers: {},
  secretKey: '00'.repeat(32),
  enabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: subscriptionId,
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: subscriptionId,
};
export const newSubscription: { name: string; url: string; events: WebhookEventType[] } = {
  name: 'unit tests',
  url: 'https://example.com/hook',
  events: ['ConversationCreated'],
};

/** The same for `raw`, which adds no defaults. */
export const rawSubscription = { ...newSubscription, authorization: { _type: 'NoAuth' as const }, customHeaders: {} };

/** A success for any request. */
export const success: Answer = ({ method, url }) => {
  if (method === 'DELETE') return new Response(null, { status: 204 });
  const path = url.slice(url.indexOf('/webhooks'));
  const isList = (path === '/webhooks' && method === 'GET') || path.includes('/delivery-status');
  return json({ data: isList ? [] : subscription }, method === 'POST' ? 201 : 200);
};

/** A JSON reply. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

/** An HTTP error as Dixa words it. */
export function failure(status: number, headers?: Record<string, string>): Answer {
  return () => json({ message: `status ${status}` }, status, headers);
}

/** What Node's fetch throws where nothing listens. */
export const refused: Answer = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
};

/** What Node's fetch throws where the connection breaks before there is a reply. */
export const lost: Answer = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
};

/** A reply whose connection breaks within the body. */
export const lostWithinBody: Answer = () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"data":'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body, { status: 200 });
};

/** No response until the request is aborted. */
export const silence: Answer = ({ init: { signal } }) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

/** Headers, and a body that never comes. */
export const stalledBody: Answer = ({ init: { signal } }) =>
  new Response(
    new ReadableStream({
      start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
    }),
  );

/** A client whose requests get `answers` in turn, and a success after the last. */
export function fakeDixa(
  answers: readonly Answer[] = [],
  options: DixaWebhooksOptions = {},
): { dixa: DixaWebhooks; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { method = 'GET', headers, body } = init;
    const request = { url, method, headers: new Headers(headers), body, init, at: performance.now() };
    sent.push(request);
    return (answers[sent.length - 1] ?? success)(request);
  };
  return { dixa: createDixaWebhooks({ apiKey, fetch, ...options }), sent };
}
