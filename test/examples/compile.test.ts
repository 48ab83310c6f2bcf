import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { examplesFolder } from './program.js';

describeWhere([examplesInstalled], 'the examples', () => {
  it('compile against the types of the built package and of the frameworks', () => {
    const compiler = join(examplesFolder, '../node_modules/typescript-native/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', examplesFolder], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});
