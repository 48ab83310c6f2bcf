import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from '../lib/package.js';
import { measureByTurns } from './rounds.js';

const ROUNDS = 31;

/** Milliseconds that importing each entry of the built package adds to an empty node process, dependencies included. */
export async function measureImports(): Promise<{ client: number; receiver: number }> {
  const { client, receiver, empty } = await measureByTurns(
    {
      client: () => importTime(importOf('index.js'), dist),
      receiver: () => importTime(importOf('receiver/index.js'), dist),
      empty: () => importTime('', dist),
    },
    ROUNDS,
  );
  return { client: client - empty, receiver: receiver - empty };
}

function importOf(file: string): string {
  return `import ${JSON.stringify(pathToFileURL(join(dist, file)).href)}`;
}

/** Milliseconds that a process takes for a program, or for none. */
export function importTime(program: string, cwd: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { cwd, stdio: 'ignore' });
  if (status !== 0) throw new Error(`node cannot run \`${program}\` in ${cwd}.`);
  return performance.now() - start;
}
