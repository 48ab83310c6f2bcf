import { commandRuntime } from './command.js';
import { install, installedFile } from './installed.js';

const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;

export const bun = commandRuntime({
  id: 'bun',
  name: 'Bun',
  binary: installedFile(`@oven/bun-${process.platform}-${arch}/bin/bun`),
  install,
  program: 'bun',
  // It takes from node_modules alone.
  args: () => ['--no-install'],
  env: () => ({ DO_NOT_TRACK: '1', BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0' }),
});
