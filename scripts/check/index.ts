import { spawnSync } from 'node:child_process';
import { command, UsageError } from '../lib/command.js';
import { root } from '../lib/package.js';

/** A folder with copies of Dixa's document. The gates do not use the network to download it. */
const upstream = process.env.DIXA_UPSTREAM_DIR;

/** Commands that must succeed before a push. The fastest ones that find most errors come first. Those after `build` check its output. */
const gates: Readonly<Record<string, string>> = {
  lint: 'npm run --silent lint',
  'generate:check': 'npm run --silent generate:check',
  drift: `npm run --silent drift -- --upstream "${upstream}"`,
  typecheck: 'npm run --silent typecheck',
  'TypeScript 6':
    'node node_modules/typescript/bin/tsc --incremental --tsBuildInfoFile node_modules/.cache/typescript-6.json',
  knip: 'knip --no-progress --config scripts/check/knip.jsonc',
  // Including the slow tests, which `npm test` leaves out.
  test: 'vitest run',
  build: 'npm run --silent build',
  publint: 'publint --strict',
  attw: 'attw --pack . --profile esm-only --format ascii',
  size: 'node --import tsx/esm scripts/run.ts check/sizes',
  breaking: 'npm run --silent breaking',
};

const usage = `Usage: npm run check [-- --skip <gate>]
  --skip <gate>  skip a gate, such as test; can be repeated
Gates: ${Object.keys(gates).join(', ')}`;

export const main = command(usage, { skip: { type: 'string', multiple: true } }, async ({ skip = [] }) => {
  const unknown = skip.find((name) => !(name in gates));
  if (unknown !== undefined) throw new UsageError(`Unknown gate: ${unknown}.`);
  if (!upstream)
    console.log('── drift skipped: DIXA_UPSTREAM_DIR is not set to a folder with copies of Dixa’s document.');
  const skipped = upstream ? skip : [...skip, 'drift'];
  return pass(Object.entries(gates).filter(([name]) => !skipped.includes(name)));
});

/** Runs gates one after another, and stops at the first that fails. npm has put node_modules/.bin on the PATH. */
export function pass(chosen: readonly (readonly [name: string, command: string])[]): number {
  for (const [name, command] of chosen) {
    console.log(`\n── ${name}`);
    const { status } = spawnSync(command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: true });
    if (status !== 0) {
      console.error(`\ncheck: ${name} failed.`);
      return 1;
    }
  }
  console.log(`\ncheck: ${chosen.length} gates passed.`);
  return 0;
}
