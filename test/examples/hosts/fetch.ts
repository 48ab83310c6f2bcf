// Runs an example whose module takes a `Request`: a worker, or a route handler of Next.
import { pathToFileURL } from 'node:url';
import { serveFetch } from '../serve-fetch.js';

interface Module {
  readonly POST?: (request: Request) => Promise<Response>;
  readonly default?: { fetch(request: Request, env: unknown, context: unknown): Promise<Response> };
}

const module: Module = await import(pathToFileURL(process.argv[2] ?? '').href);

/** The secret of the tests' subscription, as Workers KV holds it. */
const secrets = new Map([[process.env.SUBSCRIPTION_ID, process.env.DIXA_WEBHOOK_SECRET]]);
const env = { ...process.env, SECRETS: { get: async (id: string) => secrets.get(id) ?? null } };
const context = { waitUntil: (work: Promise<unknown>) => void work };

serveFetch((request) => module.POST?.(request) ?? module.default?.fetch(request, env, context));
