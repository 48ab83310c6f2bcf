import { type ForkOptions, spawnSync } from 'node:child_process';

/** Whether programs can be kept on two cores: Linux's taskset is there, and so are the cores. */
export const hasCores: boolean = keeps(0) && keeps(1);

/** How to fork a program that stays on one core: moved about, a server does half as much. */
export function onCore(core: number, nodeArgs: readonly string[]): ForkOptions {
  return { execPath: 'taskset', execArgv: ['--cpu-list', `${core}`, process.execPath, ...nodeArgs] };
}

function keeps(core: number): boolean {
  return spawnSync('taskset', ['--cpu-list', `${core}`, 'true']).status === 0;
}
