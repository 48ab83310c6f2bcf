import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { examplesFolder } from './program.js';

describeWhere([examplesInstalled], 'the examples', () => {
  it.each([
    ['of the frameworks', 'tsconfig.json'],
    // Apart, because these types and those of the DOM exclude each other.
    ['of Cloudflare Workers, with null for a secret that KV does not have', 'tsconfig.workers.json'],
  ])('compile against the types of the built package and %s', (_, config) => {
    const args = [
      join(examplesFolder, '../node_modules/typescript-native/bin/tsc'),
      '-p',
      join(examplesFolder, config),
    ];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
