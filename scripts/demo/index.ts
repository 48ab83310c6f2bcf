import { run } from '../../src/cli/run.js';
import { command } from '../lib/command.js';
import { tellStory } from './story.js';

const usage = `Usage: npm run demo [-- --live]
  --live  show how the deliveries of your own subscriptions went; it only reads, and needs DIXA_API_KEY`;

export const main = command(usage, { live: { type: 'boolean' } }, async ({ live }) => {
  const { env, stdin, stdout, stderr } = process;
  if (live) return run(['status'], { env, stdin, stdout, stderr, signal: new AbortController().signal });
  await tellStory(console.log);
  return 0;
});
