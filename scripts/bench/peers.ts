import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * The little of each peer that is measured. Written here, because the type checker runs where the peers are not
 * installed; `checked()` in contenders.ts proves that each really verifies.
 */
export interface Peers {
  readonly '@octokit/webhooks': {
    readonly Webhooks: new (options: { secret: string }) => OctokitWebhooks;
    createNodeMiddleware(webhooks: OctokitWebhooks, options: { path: string }): NodeHandler;
  };
  readonly '@octokit/webhooks-methods': {
    verify(secret: string, payload: string, signature: string): Promise<boolean>;
  };
  readonly express: { readonly default: Express };
  readonly standardwebhooks: { readonly Webhook: new (secret: string) => StandardWebhook };
  readonly stripe: { readonly default: { readonly webhooks: StripeWebhooks } };
  readonly svix: { readonly Webhook: new (secret: string) => StandardWebhook };
}

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
