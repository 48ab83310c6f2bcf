import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { manifest, root } from '../lib/package.js';

/** Where the packages to compare with are installed, with a package.json of their own. */
export const benchFolder = join(root, 'scripts/bench');

/** How thoroughly to measure: rounds, and the milliseconds of CPU of a process to warm up and that count. */
export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** What a process is for. */
export interface Task {
  readonly section: string;
  readonly case: string;
  readonly contender: string;
  /** The API that clients call; without it, calls are answered in memory. */
  readonly baseUrl?: string;
}

/** What a child does again and again, and how many operations that is. */
export interface Work {
  readonly run: () => unknown;
  readonly operations?: number;
}

/** The process of a contender. */
export interface Running {
  readonly child: ChildProcess;
  /** Lets it work until it has used so many milliseconds of CPU; resolves with the microseconds, and what was done. */
  readonly spend: (ms: number) => Promise<{ readonly cpu: number; readonly count: number }>;
}

const SLICES = 8;

/**
 * One round: the CPU per operation of each, from processes that were started for it. After a warm-up they take turns in
 * short slices (A B C A B C …), so that whatever else the machine does affects all of them.
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

/** Makes a project that has this package and its peers installed, with the child program as plain JavaScript. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.project-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', manifest.name), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const entryPoints = [join(benchFolder, 'child.ts')];
  await bundle({ entryPoints, outdir: folder, platform: 'node', target: 'node20', packages: 'external' });
  return folder;
}

/** Writes programs as modules. The `paths` of tsconfig.json are ignored: they lead to the sources, not to what was built. */
export async function bundle(options: BuildOptions): Promise<void> {
  await build({ ...options, bundle: true, format: 'esm', tsconfigRaw: {} });
}

/** All that were started: none is left behind if a measurement fails. */
export const children: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of children) child.kill();
});

/** Starts a child, which works whenever it is told for how long. */
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
