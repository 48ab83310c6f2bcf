import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { manifest, root } from '../lib/package.js';

/** The folder of the packages to compare with, which has its own package.json. */
export const benchFolder = join(root, 'scripts/bench');

/** How thoroughly to measure: the number of rounds, and the CPU time per process for warm-up and measurement. */
export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** The task of a process. */
export interface Task {
  readonly section: string;
  readonly case: string;
  readonly contender: string;
  /** The API that clients call. Without it, responses come from memory. */
  readonly baseUrl?: string;
}

/** The operation that a child repeats. */
export type Work = () => unknown;

/** The process of a contender. */
export interface Running {
  readonly child: ChildProcess;
  /** Lets it work for this much CPU time, in ms. Resolves with the CPU time used, in µs, and the number of operations. */
  readonly spend: (ms: number) => Promise<{ readonly cpu: number; readonly count: number }>;
}

const SLICES = 8;

/**
 * One round: the CPU time per operation of each contender, in newly started processes. After a warm-up they take turns in
 * short slices (A B C A B C …), so that other load on the machine affects all of them.
 */
export async function takeTurns(starting: readonly Promise<Running>[], effort: Effort): Promise<number[]> {
  const all = (await Promise.all(starting)).map((running) => ({ ...running, cpu: 0, count: 0 }));
  try {
    await Promise.all(all.map(({ spend }) => spend(effort.warmUpMs)));
    for (let slice = 0; slice < SLICES; slice += 1) {
      for (const one of all) {
        const { cpu, count } = await one.spend(effort.measuredMs / SLICES);
        one.cpu += cpu;
        one.count += count;
      }
    }
  } finally {
    for (const { child } of all) child.kill();
  }
  return all.map(({ cpu, count }) => cpu / count);
}

/** Creates a project with this package and its peers installed, and the child program as plain JavaScript. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.project-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', manifest.name), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const entryPoints = [join(benchFolder, 'child.ts')];
  await bundle({ entryPoints, outdir: folder, platform: 'node', target: 'node20', packages: 'external' });
  return folder;
}

/** Bundles programs. The `paths` of tsconfig.json are ignored, because they lead to the sources instead of the build. */
export async function bundle(options: BuildOptions): Promise<void> {
  await build({ ...options, bundle: true, format: 'esm', tsconfigRaw: {} });
}

/** All started processes, which are killed on exit even if a measurement fails. */
export const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill();
});

/** Starts a child, which works for the duration in each message. */
export async function startChild(project: string, task: Task): Promise<Running> {
  const child = fork(join(project, 'child.js'), [JSON.stringify(task)], { execArgv: [] });
  children.push(child);
  const failed = once(child, 'exit').then(() => Promise.reject(new Error(`${task.contender} ended.`)));
  failed.catch(() => {});
  const message = async () => (await Promise.race([once(child, 'message'), failed]))[0];
  await message();
  return {
    child,
    spend(ms) {
      child.send(ms);
      return message();
    },
  };
}
