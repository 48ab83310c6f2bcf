import { join } from 'node:path';
import { commandRuntime } from './command.js';
import { install, installedFile } from './installed.js';

const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}`;

export const deno = commandRuntime({
  id: 'deno',
  name: 'Deno',
  binary: installedFile(`@deno/${platform}/deno`),
  install,
  program: 'deno',
  // With no permission but these: it must not ask for more. It takes from node_modules alone.
  args: (project) => [
    'run',
    '--no-prompt',
    '--cached-only',
    '--no-lock',
    '--allow-net=127.0.0.1',
    `--allow-read=${project}`,
  ],
  // Its settings come from the environment.
  argsOfCli: ['--allow-env'],
  env: (project) => ({ DENO_DIR: join(project, '.deno'), DENO_NO_UPDATE_CHECK: '1' }),
});
