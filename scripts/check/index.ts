import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { command, UsageError } from '../lib/command.js';
import { root } from '../lib/package.js';
import { type Gate, gates } from './gates.js';

const usage = `Usage: npm run check [-- --skip <gate>]
  --skip <gate>  skip a gate, such as test; can be repeated
Gates: ${gates.map(({ name }) => name).join(', ')}`;

export const main = command(usage, { skip: { type: 'string', multiple: true } }, async ({ skip = [] }) => {
  const unknown = skip.find((name) => !gates.some((gate) => gate.name === name));
  if (unknown !== undefined) throw new UsageError(`Unknown gate: ${unknown}.`);
  return pass(gates.filter(({ name }) => !skip.includes(name)));
});

/** Runs gates one after another, and stops at the first that fails. */
export function pass(chosen: readonly Gate[]): number {
  const toRun = chosen.filter(({ skipped }) => !skipped);
  for (const { name, skipped } of chosen) if (skipped) console.log(`── ${name} skipped: ${skipped}.`);
  const start = performance.now();
  for (const gate of toRun) {
    const gateStart = performance.now();
    console.log(`\n── ${gate.name}`);
    if (run(gate) !== 0) {
      console.error(`\ncheck: ${gate.name} failed after ${since(gateStart)}.`);
      return 1;
    }
    console.log(`── ${gate.name} passed in ${since(gateStart)}`);
  }
  console.log(`\ncheck: ${toRun.length} gates passed in ${since(start)}.`);
  return 0;
}

function run({ command, args, quiet = false }: Gate): number | null {
  const PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const output = quiet ? 'pipe' : 'inherit';
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ['ignore', output, output],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (quiet && status !== 0) console.error(`${stdout}${stderr}`);
  return status;
}

function since(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
