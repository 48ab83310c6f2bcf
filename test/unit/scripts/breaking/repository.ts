import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../../../scripts/breaking/index.js';
import { call } from '../../../support/run-main.js';

/** No git process may see the repository that the tests themselves run in, nor what this machine has configured. */
export const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: root, env, encoding: 'utf8' });
}

/** Commits all that is there. */
export function commit(root: string, tag?: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', 'Change');
  if (tag) git(root, 'tag', tag);
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** A repository in a temporary folder, with one commit if it has files. */
export function repository(files: Readonly<Record<string, string>> = {}, tag?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'breaking-test-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  git(root, 'init', '--quiet');
  write(root, files);
  if (Object.keys(files).length > 0) commit(root, tag);
  return root;
}

/** Deletes a git object by name. */
export function lose(root: string, name: string): void {
  const object = git(root, 'rev-parse', name).trim();
  rmSync(join(root, '.git/objects', object.slice(0, 2), object.slice(2)));
}

/** Runs the command in this process. */
export const runBreaking = (root: string, ...args: string[]) => call((given) => main(given, root), args);
