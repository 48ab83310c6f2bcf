import { createDixaWebhooks, type DixaWebhooks, type WebhookAuthorization } from '../../src/client/index.js';
import { apiKey, json } from './fake-dixa.js';
import { base64 } from './secrets.js';

/** A subscription as an account keeps it, with what is written and never read. */
export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Undefined and null: whether Dixa shows an absent list so is not known. */
  readonly events?: readonly string[] | null;
  readonly enabled: boolean;
  readonly filters?: object | null;
  readonly authorization: WebhookAuthorization;
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly secretKey: string;
}

export interface MemoryAccount {
  readonly dixa: DixaWebhooks;
  /** The subscriptions, by id, in order of creation. */
  readonly kept: ReadonlyMap<string, Kept>;
  /** The method and the id, if there is one, of each request that changed something. */
  readonly changed: readonly string[];
}

/** An account in memory. Whether Dixa shows custom headers is not documented: `showsCustomHeaders` decides. */
export function memoryAccount(
  subscriptions: readonly Kept[],
  { showsCustomHeaders = false }: { showsCustomHeaders?: boolean } = {},
): MemoryAccount {
  const kept = new Map(subscriptions.map((each) => [each.id, each]));
  const changed: string[] = [];

  const shown = ({ events, authorization, customHeaders, ...rest }: Kept) => ({
    ...rest,
    headers: { ...headerOf(authorization), ...(showsCustomHeaders && customHeaders) },
    // In another order than they were written: Dixa promises none.
    ...(events !== undefined && { subscribedEvents: events && [...events].reverse() }),
  });

  const fetch = async (url: string, { method = 'GET', body }: RequestInit): Promise<Response> => {
    const [, id = ''] = /\/webhooks\/([^/]+)/.exec(url) ?? [];
    const existing = kept.get(id);
    if (id && !existing) return json({ message: 'The requested resource could not be found' }, 404);
    if (method === 'GET') return json({ data: existing ? shown(existing) : [...kept.values()].map(shown) });
    changed.push(`${method} ${id}`.trim());
    if (method === 'DELETE') {
      kept.delete(id);
      return new Response(null, { status: 204 });
    }
    const sent = JSON.parse(String(body)) as Partial<Kept>;
    const made = { id: uuid(1000 + changed.length), enabled: true, secretKey: secretOf(1000 + changed.length) };
    const subscription = { ...made, ...existing, ...sent } as Kept;
    kept.set(subscription.id, subscription);
    return json({ data: shown(subscription) }, existing ? 200 : 201);
  };
  return { dixa: createDixaWebhooks({ apiKey, fetch, rateLimit: false }), kept, changed };
}

/** A UUID that a number decides. */
export function uuid(number: number): string {
  return `7f2b1c3d-0a4e-4b5c-8d6f-${String(number).padStart(12, '0')}`;
}

/** A secret that a number decides. */
export function secretOf(number: number): string {
  return number.toString(16).padStart(64, 'ec');
}

function headerOf(authorization: WebhookAuthorization): Readonly<Record<string, string>> {
  if (authorization._type === 'NoAuth') return {};
  if (authorization._type === 'TokenAuth') return { Authorization: `Bearer ${authorization.value}` };
  return { Authorization: `Basic ${base64(`${authorization.username}:${authorization.password}`)}` };
}
