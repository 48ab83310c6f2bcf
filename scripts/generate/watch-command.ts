import { parseArgs } from 'node:util';
import { projectRoot } from '../lib/project-root.js';
import { Changes, watchFiles } from './changes.js';
import { screenText, watch } from './watch.js';
import { watchSteps } from './watch-steps.js';

const usage = `Usage: npm run generate:watch [-- --root <folder>]
  --root <folder>  the project to work in (default: this one)`;
const folder = 'openapi';
const files = ['redocly.yaml', 'package.json'];
const quietMs = 100;

export async function main(args: string[]): Promise<number> {
  let root: string;
  try {
    root = projectRoot(parseArgs({ args, options: { root: { type: 'string' } } }).values.root);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  const changes = new Changes(quietMs);
  const close = await watchFiles(root, folder, files, () => changes.notify());
  const show = screen([`${folder}/`, ...files].join(', '));
  await watch({ steps: watchSteps(root), next: (signal) => changes.next(signal), show, signal: stop.signal });
  close();
  return 0;
}

/** A terminal is redrawn at each step; anything else, such as a log, gets each run once, when it is done. */
function screen(watched: string): Parameters<typeof watch>[0]['show'] {
  const terminal = process.stdout.isTTY;
  const clear = '\x1b[2J\x1b[3J\x1b[H';
  return (states, finished) => {
    if (terminal || finished) process.stdout.write((terminal ? clear : '') + screenText(states, finished, watched));
  };
}
