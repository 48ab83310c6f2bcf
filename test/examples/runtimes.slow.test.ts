import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { bun } from '../runtimes/hosts/bun.js';
import { deno } from '../runtimes/hosts/deno.js';
import { describeWhere } from '../support/describe-where.js';
import { makePackedProject, type PackedProject } from '../support/packed-project.js';
import { examplesFolder, type Program, runBinary } from './program.js';
import { secret, testReceiver } from './suite.js';

/** With the permissions that the example names, and no others. `--check` compiles it with Deno's types. */
const denoArgs = [
  'run',
  '--check',
  '--no-prompt',
  '--cached-only',
  '--no-lock',
  '--allow-net',
  '--allow-env=DIXA_WEBHOOK_SECRET',
];

const runtimes = [
  { ...bun, args: ['--no-install'], env: { DO_NOT_TRACK: '1', PORT: '0' } },
  { ...deno, args: denoArgs, env: { DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0', DENO_NO_UPDATE_CHECK: '1' } },
];

const installed = { isThere: runtimes.every(({ binary }) => binary !== undefined), install: bun.install };

describeWhere([installed], 'in a project that has the package installed,', () => {
  let project: PackedProject;
  beforeAll(async () => {
    project = await makePackedProject();
  });
  afterAll(() => project?.remove());

  describe.each(runtimes)('the example for $name', ({ id, binary = '', args, env }) => {
    let program: Program;
    beforeAll(async () => {
      const { folder } = project;
      const file = `${id}.ts`;
      await cp(join(examplesFolder, file), join(folder, file));
      // Nothing of this process: no runtime may find a cache or a setting of its user's.
      const own = { PATH: process.env.PATH, HOME: folder, NO_COLOR: '1', DIXA_WEBHOOK_SECRET: secret, ...env };
      program = await runBinary(binary, [...args, file], { cwd: folder, env: own });
    });
    afterAll(() => program?.stop());
    testReceiver(() => program, { dedupes: true });
  });
});
