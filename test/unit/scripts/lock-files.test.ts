import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/lib/package.js';

interface LockFile {
  readonly packages: Readonly<Record<string, { link?: boolean; integrity?: string; resolved?: string }>>;
}

const files = execFileSync('git', ['ls-files', '*package-lock.json'], { cwd: root, encoding: 'utf8' });

it.each(files.trim().split('\n'))('%s lets npm verify each package, from any registry', (file) => {
  const { packages }: LockFile = JSON.parse(readFileSync(join(root, file), 'utf8'));
  const installed = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  expect(installed.length).toBeGreaterThan(0);
  expect(installed.filter(([, { integrity, resolved }]) => !integrity || resolved)).toEqual([]);
});
