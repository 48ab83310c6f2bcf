import type { Receiver, ReceiverOptions } from '../../../src/receiver/index.js';

/** The types of handlers as platforms have them, in short. */
interface DenoServeHandlerInfo {
  readonly remoteAddr: { readonly hostname: string; readonly port: number };
  readonly completed: Promise<void>;
}
type DenoHandler = (request: Request, info: DenoServeHandlerInfo) => Response | Promise<Response>;
interface BunServer {
  readonly port: number;
  stop(closeActiveConnections?: boolean): Promise<void>;
}
type BunFetch = (request: Request, server: BunServer) => Response | Promise<Response>;
type NextRoute = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
type SvelteKitRoute = (event: { request: Request }) => Promise<Response>;

interface Env {
  readonly SECRETS: { get(id: string): Promise<string | undefined> };
}
interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
  passThroughOnException(): void;
}

export function aReceiverIsHandedOverAsItIs({ fetch }: Receiver) {
  const deno: DenoHandler = fetch;
  const bun: { fetch: BunFetch } = { fetch };
  const POST: NextRoute = fetch;
  const svelteKit: SvelteKitRoute = ({ request }) => fetch(request);
  return [deno, bun, POST, svelteKit];
}

export function aWorkerGivesItsEnvironmentAndItsContext(receiver: Receiver<Env>) {
  const secret: ReceiverOptions<Env>['secret'] = (id, env) => (id ? env?.SECRETS.get(id) : undefined);
  return {
    secret,
    fetch: (request: Request, env: Env, context: ExecutionContext) =>
      receiver.fetch(request, { env, waitUntil: (work) => context.waitUntil(work) }),
  };
}

export function whatIsNoRequestIsRefused({ fetch }: Receiver) {
  // @ts-expect-error Argument of type 'string' is not assignable
  return fetch('https://example.test');
}
