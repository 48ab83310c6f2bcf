import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runLive } from './lib/demo-live.js';
import { runOffline } from './lib/demo-mock.js';
import { root } from './lib/package.js';

const usage = `Usage: npm run demo [-- --live]
  --live  list your organisation's subscriptions and how their deliveries went; reads only, needs DIXA_API_KEY`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let live: boolean | undefined;
  try {
    ({ live } = parseArgs({ args, options: { live: { type: 'boolean' } } }).values);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  if (live) return runLive(process.env, console.log);
  return (await runOffline(join(root, 'openapi/dixa-webhooks.yaml'), console.log)) > 0 ? 1 : 0;
}
