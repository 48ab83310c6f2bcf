// Runs an example that is a server route of Nuxt, behind the h3 that Nuxt uses.
import { createServer, type RequestListener } from 'node:http';
import { pathToFileURL } from 'node:url';

/** The part of h3 that this needs: its types are only where the examples' packages are installed. */
interface H3 {
  createApp(): { use(handler: unknown): void; use(path: string, handler: unknown): void };
  defineEventHandler(handler: (event: { readonly path: string }) => Promise<void>): unknown;
  readBody(event: unknown): Promise<unknown>;
  toNodeListener(app: unknown): RequestListener;
}

const { createApp, defineEventHandler, readBody, toNodeListener }: H3 = await import('h3' as string);
const route: { readonly default: unknown } = await import(pathToFileURL(process.argv[2] ?? '').href);

const app = createApp();
// As a middleware of the app or of a module may do.
app.use(
  defineEventHandler(async (event) => {
    if (event.path === '/dixa?read') await readBody(event);
  }),
);
app.use('/dixa', route.default);

createServer(toNodeListener(app)).listen(0);
