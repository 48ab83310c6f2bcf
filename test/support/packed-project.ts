import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/lib/package.js';

/** npm's description of a packed tarball. */
export interface Tarball {
  readonly filename: string;
  /** The size of the download, in bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** A project that has nothing but the package, installed from the tarball that npm would publish. */
export interface PackedProject {
  readonly folder: string;
  readonly tarball: Tarball;
  remove(): Promise<void>;
}

/** Packs the build, and installs it into a project that contains only a copy of `files`, if given. */
export async function makePackedProject(files?: string): Promise<PackedProject> {
  const place = await realpath(await mkdtemp(join(tmpdir(), 'dixa-webhooks-')));
  const folder = join(place, 'consumer');
  const remove = () => rm(place, { recursive: true, force: true });
  try {
    const [tarball] = JSON.parse(
      await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', place], root),
    ) as Tarball[];
    if (!tarball) throw new Error('npm pack packed nothing.');
    if (files) await cp(files, folder, { recursive: true });
    else await mkdir(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
    await npm(['install', join(place, tarball.filename), '--prefix', folder, ...quietly], folder);
    return { folder, tarball, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', args, { cwd }).catch((error: { stderr?: string }) => {
    throw new Error(`npm ${args[0]} failed:\n${error.stderr || error}`);
  });
  return stdout;
}
