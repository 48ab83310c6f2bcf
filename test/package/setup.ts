import { cp, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { build } from '../../scripts/lib/build.js';
import { root } from '../../scripts/lib/package.js';
import { run } from './run.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The tarball as npm would publish it. */
    tarball: Tarball;
    /** A project that has the tarball installed, and the programs of test/package/consumer. */
    consumer: string;
  }
}

/** What npm tells of a tarball that it packed. */
export interface Tarball {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** Builds and packs the package once for the run, and installs it into an empty project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await build();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dixa-webhooks-')));
  const consumer = join(folder, 'consumer');
  try {
    const [tarball] = JSON.parse(
      npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root),
    ) as Tarball[];
    if (!tarball) throw new Error('npm pack packed nothing.');
    await cp(join(import.meta.dirname, 'consumer'), consumer, { recursive: true });
    await writeFile(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    npm(
      ['install', join(folder, tarball.filename), '--prefix', consumer, '--prefer-offline', '--no-audit', '--no-fund'],
      consumer,
    );
    project.provide('tarball', tarball);
    project.provide('consumer', consumer);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return () => rm(folder, { recursive: true, force: true });
}

function npm(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = run('npm', args, { cwd });
  if (status !== 0) throw new Error(`npm ${args[0]} failed:\n${stderr}`);
  return stdout;
}
