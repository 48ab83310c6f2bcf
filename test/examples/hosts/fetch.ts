// Runs an example whose module takes a `Request`, behind node:http: a worker, or a route handler of Next.
import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

interface Module {
  readonly POST?: (request: Request) => Promise<Response>;
  readonly default?: { fetch(request: Request, env: unknown, context: unknown): Promise<Response> };
}

const module: Module = await import(pathToFileURL(process.argv[2] ?? '').href);

/** The secret of the tests' subscription, as Workers KV holds it. */
const secrets = new Map([[process.env.SUBSCRIPTION_ID, process.env.DIXA_WEBHOOK_SECRET]]);
const env = { ...process.env, SECRETS: { get: async (id: string) => secrets.get(id) ?? null } };

createServer(async (incoming, reply) => {
  const request = requestOf(incoming);
  const context = { waitUntil: (work: Promise<unknown>) => void work };
  const response = await (module.POST?.(request) ?? module.default?.fetch(request, env, context));
  reply.writeHead(response?.status ?? 501, Object.fromEntries(response?.headers ?? [])).end(await response?.text());
}).listen(0);

function requestOf(incoming: IncomingMessage): Request {
  const { url = '', method = '', headers } = incoming;
  const init = { method, headers: headers as Record<string, string>, body: Readable.toWeb(incoming), duplex: 'half' };
  return new Request(new URL(url, 'http://localhost'), init as unknown as RequestInit);
}
