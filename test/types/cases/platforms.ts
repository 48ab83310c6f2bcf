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
  readonly SECRETS: { get(id: string): Promise<string | null> };
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

interface ExportedHandler {
  fetch(request: Request, env: Env, ctx: ExecutionContext): Response | Promise<Response>;
}

export function aReceiverIsAWorker(receiver: Receiver<Env>) {
  const secret: ReceiverOptions<Env>['secret'] = (id, env) => (id ? env.SECRETS.get(id) : null);
  const worker: ExportedHandler = receiver;
  const bun: { fetch: BunFetch } = receiver as Receiver;
  return { secret, worker, bun };
}

interface ExpressRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
}
type ExpressHandler = (request: ExpressRequest, response: { end(): void }, next: () => void) => unknown;

export function aReceiverIsNoHandlerOfExpress({ fetch }: Receiver) {
  // @ts-expect-error is not assignable to type 'ExpressHandler'
  const handler: ExpressHandler = fetch;
  return handler;
}

export function whatIsNoRequestIsRefused({ fetch }: Receiver) {
  // @ts-expect-error Argument of type 'string' is not assignable
  return fetch('https://example.test');
}
