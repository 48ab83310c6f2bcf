import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../lib/package.js';

const usage = `Usage: npm run demo [-- --live]
  --live  list your organisation's subscriptions and how their deliveries went; reads only, needs DIXA_API_KEY`;

export async function main(args: string[]): Promise<number> {
  let live: boolean | undefined;
  try {
    ({ live } = parseArgs({ args, options: { live: { type: 'boolean' } } }).values);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  // The mock server takes a second to load, and only one of the two needs it.
  if (live) {
    const { runLive } = await import('./live.js');
    return runLive(process.env, console.log);
  }
  const { runOffline } = await import('./mock.js');
  return (await runOffline(join(root, 'openapi/dixa-webhooks.yaml'), console.log)) > 0 ? 1 : 0;
}
