import { commandRuntime } from './command.js';
import { install, installedFile } from './installed.js';
import type { Runtime } from './runtime.js';

/** One release line of Node. */
export function nodeRuntime(major: number): Runtime {
  return commandRuntime({
    id: `node-${major}`,
    name: `Node ${major}`,
    binary: installedFile(`node-${major}-${process.platform}-${process.arch}/bin/node`),
    install,
    program: 'node',
  });
}
