import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from './package.js';
import { measureByTurns } from './rounds.js';

const ROUNDS = 31;

/** Milliseconds that importing each entry of the built package adds to an empty node process, dependencies included. */
export async function measureImports(): Promise<{ client: number; receiver: number }> {
  const { client, receiver, empty } = await measureByTurns(
    {
      client: () => timeOf(importOf('index.js')),
      receiver: () => timeOf(importOf('receiver/index.js')),
      empty: () => timeOf(''),
    },
    ROUNDS,
  );
  return { client: client - empty, receiver: receiver - empty };
}

function importOf(file: string): string {
  return `import ${JSON.stringify(pathToFileURL(join(dist, file)).href)}`;
}

function timeOf(program: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  if (status !== 0) throw new Error('The built package cannot be imported: run `node dist/index.js` to see why.');
  return performance.now() - start;
}
