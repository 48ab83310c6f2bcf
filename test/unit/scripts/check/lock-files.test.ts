import { expect, it } from 'vitest';
import { faultsIn, main } from '../../../../scripts/check/lock-files.js';
import { runMain } from '../../../support/run-main.js';

it('finds a package without integrity, and one that is bound to a registry', () => {
  const packages = {
    '': {},
    '..': {},
    'node_modules/dixa-webhooks': { resolved: '..', link: true },
    'node_modules/sound': { integrity: 'sha512-1' },
    'node_modules/unchecked': {},
    'node_modules/sound/node_modules/bound': { integrity: 'sha512-2', resolved: 'https://registry.example/bound.tgz' },
  };
  expect(faultsIn({ packages })).toEqual([
    'node_modules/unchecked has no integrity',
    'node_modules/sound/node_modules/bound is tied to the URL https://registry.example/bound.tgz',
  ]);
});

it('finds nothing in the lock files of this repository', async () => {
  expect(await runMain(main)).toEqual({ status: 0, stdout: '', stderr: '' });
});
