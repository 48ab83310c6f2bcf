import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { installedSize } from '../../../../scripts/bench/size-installed.js';

/** Installs packages: a manifest each, padded to so many bytes. */
async function install(packages: Readonly<Record<string, { bytes: number; needs?: readonly string[] }>>) {
  const folder = await mkdtemp(join(tmpdir(), 'installed-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, { bytes, needs = [] }] of Object.entries(packages)) {
    const file = join(folder, path, 'package.json');
    const manifest = JSON.stringify({ dependencies: Object.fromEntries(needs.map((name) => [name, '1'])) });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, manifest.padEnd(bytes));
  }
  return folder;
}

it('is what a package and all that it needs take, each once, and of two versions the one that is found', async () => {
  const folder = await install({
    'node_modules/a': { bytes: 1_024, needs: ['b', '@scope/c'] },
    'node_modules/a/node_modules/b': { bytes: 2_048, needs: ['@scope/c'] },
    'node_modules/b': { bytes: 65_536 },
    'node_modules/@scope/c': { bytes: 4_096, needs: ['a'] },
    'node_modules/another': { bytes: 65_536 },
  });
  expect(installedSize('a', folder)).toEqual({ kilobytes: 7, dependencies: 2 });
});

it('says what is not installed', async () => {
  const folder = await install({ 'node_modules/a': { bytes: 100, needs: ['absent'] } });
  expect(() => installedSize('a', folder)).toThrow('absent is not installed.');
});
