import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { command } from '../lib/command.js';
import { dist, root } from '../lib/package.js';

const usage = `Usage: npm run demo [-- --live]
  --live  list your organisation's subscriptions and how their deliveries went; reads only, needs DIXA_API_KEY`;

export const main = command(usage, { live: { type: 'boolean' } }, async ({ live }) => {
  // The mock server takes a second to load, and only one of the two needs it.
  if (live) {
    const { runLive } = await import('./live.js');
    return runLive(await importBuilt(), process.env, console.log);
  }
  const { runOffline } = await import('./offline.js');
  const document = join(root, 'openapi/dixa-webhooks.yaml');
  return (await runOffline(await importBuilt(), document, console.log)) > 0 ? 1 : 0;
});

/** The package as it is published. The type checker sees the sources instead: dist/ may not have been built. */
export async function importBuilt(): Promise<typeof import('../../src/client/index.js')> {
  const file = join(dist, 'client/index.js');
  if (!existsSync(file)) throw new Error('There is no dist/client/index.js: run `npm run build` first.');
  return import(pathToFileURL(file).href);
}
