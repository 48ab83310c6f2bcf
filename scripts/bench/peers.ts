import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The little of each peer that is measured. Written here, because the type checker runs where the peers are not
 * installed; contenders.ts and clients.ts prove that each really does its work.
 */
export interface Peers {
  readonly '@hey-api/client-fetch': {
    createClient(config: object): HeyApiClient;
    createConfig(config: object): object;
  };
  readonly '@octokit/webhooks': {
    readonly Webhooks: new (options: { secret: string }) => OctokitWebhooks;
    createNodeMiddleware(webhooks: OctokitWebhooks, options: { path: string; log: object }): NodeHandler;
  };
  readonly '@octokit/webhooks-methods': {
    verify(secret: string, payload: string, signature: string): Promise<boolean>;
  };
  readonly axios: { readonly default: { create(config: object): Axios } };
  readonly express: { readonly default: Express };
  readonly ky: { readonly default: { create(options: object): Ky } };
  readonly ofetch: { readonly ofetch: { create(defaults: object): Ofetch }; createFetch(globals: object): Ofetch };
  readonly standardwebhooks: { readonly Webhook: new (secret: string) => StandardWebhook };
  readonly stripe: { readonly default: { readonly webhooks: StripeWebhooks } };
  readonly svix: { readonly Webhook: new (secret: string) => StandardWebhook };
}

/** What the API answers. */
export interface Reply {
  readonly data?: unknown;
}

interface HeyApiClient {
  get(options: object): Promise<{ data: Reply }>;
  post(options: object): Promise<{ data: Reply }>;
}

interface Axios {
  get(url: string): Promise<{ data: Reply }>;
  post(url: string, body: object): Promise<{ data: Reply }>;
}

interface Ky {
  get(url: string): { json(): Promise<Reply> };
  post(url: string, options: object): { json(): Promise<Reply> };
}

type Ofetch = (url: string, options?: object) => Promise<Reply>;

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface OctokitWebhooks {
  on(name: string, handler: (event: unknown) => unknown): void;
  verifyAndReceive(delivery: { id: string; name: string; payload: string; signature: string }): Promise<void>;
}

interface StandardWebhook {
  verify(payload: Buffer, headers: Record<string, string>): unknown;
}

interface StripeWebhooks {
  constructEvent(payload: Buffer, header: string, secret: string): unknown;
  readonly signature: { verifyHeader(payload: Buffer, header: string, secret: string): boolean };
}

interface ExpressRequest extends IncomingMessage {
  readonly body: Buffer;
}

type ExpressHandler = (request: ExpressRequest, response: ServerResponse) => unknown;

interface Express {
  (): NodeHandler & { post(path: string, ...handlers: unknown[]): void };
  raw(options: { type: string; limit: string }): ExpressHandler;
}

export type { ExpressRequest };

/** Imports a peer from scripts/bench/node_modules. Its name is no literal, so that nothing looks for it earlier. */
export function peer<Name extends keyof Peers>(name: Name): Promise<Peers[Name]> {
  return import(name as string);
}
