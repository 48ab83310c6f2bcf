import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { chromiumHint, findChromium } from './chromium.js';

/** Something that not every machine has. */
export interface Need {
  readonly isThere: boolean;
  readonly install: string;
}

const root = join(import.meta.dirname, '../..');

/** What examples/package.json lists. */
export const examplesInstalled: Need = {
  isThere: existsSync(join(root, 'examples/node_modules/.package-lock.json')),
  install: 'npm ci --prefix examples',
};

export const redisInstalled: Need = {
  isThere: spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0,
  install: 'apt-get install -y redis-server',
};

export const chromiumInstalled: Need = { isThere: findChromium() !== undefined, install: chromiumHint };

/** Describes what runs only where all is there. Elsewhere it is skipped and says what to install; under CI it fails. */
export function describeWhere(needs: readonly Need[], name: string, define: () => void): void {
  const missing = needs.filter(({ isThere }) => !isThere).map(({ install }) => install);
  if (missing.length === 0) return void describe(name, define);
  const skippedName = `${name} (needs: ${missing.join(' && ')})`;
  if (!process.env.CI) console.warn(`Skipped: ${skippedName}`);
  describe.skipIf(!process.env.CI)(skippedName, define);
}
