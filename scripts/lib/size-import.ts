import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from './package.js';
import { measureByTurns } from './rounds.js';

const ROUNDS = 31;

/** Milliseconds that importing the built package adds to an empty node process, its dependencies included. */
export async function measureImport(): Promise<number> {
  const { full, empty } = await measureByTurns(
    {
      full: () => timeOf(`import ${JSON.stringify(pathToFileURL(join(dist, 'index.js')).href)}`),
      empty: () => timeOf(''),
    },
    ROUNDS,
  );
  return full - empty;
}

function timeOf(program: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  if (status !== 0) throw new Error('The built package cannot be imported: run `node dist/index.js` to see why.');
  return performance.now() - start;
}
