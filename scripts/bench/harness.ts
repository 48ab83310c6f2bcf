import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { manifest, root } from '../lib/package.js';

/** Where the peers are installed, with a package.json of their own. */
export const benchFolder = join(root, 'scripts/bench');

/** How thoroughly to measure: rounds, and the milliseconds of CPU of a process to warm up and that count. */
export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** What a child process does: see child.ts. */
export interface Task {
  readonly section: string;
  readonly case: string;
  readonly contender: string;
  /** The API that clients call; without it, calls are answered in memory. */
  readonly baseUrl?: string;
}

/** What each contender measured, round by round. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** What was done, and the microseconds of CPU it took. */
export interface Spent {
  readonly cpu: number;
  readonly count: number;
}

/** The process of a contender. */
export interface Running {
  /** Lets it work until it has used so many milliseconds of CPU. */
  readonly spend: (ms: number) => Promise<Spent>;
  readonly stop: () => Promise<void>;
}

const SLICES = 8;

/**
 * Measures CPU per operation. In each round every contender has a new process. After a warm-up, all of them take turns in
 * short slices (A B C A B C …), so that whatever else the machine does affects all of them.
 */
export async function takeTurns(
  contenders: readonly string[],
  { rounds, warmUpMs, measuredMs }: Effort,
  start: (contender: string) => Promise<Running>,
): Promise<Samples> {
  const samples = noSamples(contenders);
  for (let round = 0; round < rounds; round += 1) {
    const running = await Promise.all(
      contenders.map(async (name) => ({ name, ...(await start(name)), cpu: 0, count: 0 })),
    );
    try {
      await Promise.all(running.map(({ spend }) => spend(warmUpMs)));
      for (let slice = 0; slice < SLICES; slice += 1) {
        for (const one of running) {
          const { cpu, count } = await one.spend(measuredMs / SLICES);
          one.cpu += cpu;
          one.count += count;
        }
      }
    } finally {
      await Promise.all(running.map(({ stop }) => stop()));
    }
    for (const { name, cpu, count } of running) samples[name]?.push(cpu / count);
  }
  return samples;
}

/** Measures, in rounds, what has no operations, such as a size. */
export async function interleave(
  contenders: readonly string[],
  rounds: number,
  measure: (contender: string) => Promise<number>,
): Promise<Samples> {
  const samples = noSamples(contenders);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of contenders) samples[name]?.push(await measure(name));
  }
  return samples;
}

const noSamples = (contenders: readonly string[]) =>
  Object.fromEntries(contenders.map((name): [string, number[]] => [name, []]));

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

/** Runs Node in the project and returns the number that it prints. */
export async function runNode(project: string, ...args: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project });
  const result = stdout.trim() === '' ? Number.NaN : Number(stdout);
  if (Number.isNaN(result)) throw new Error(`${args.join(' ')} printed ${stdout} instead of a number.`);
  return result;
}

const started: ChildProcess[] = [];
process.once('exit', () => {
  for (const child of started) child.kill();
});

/** Leaves no process behind if a measurement fails. */
export function endWithUs<Child extends ChildProcess>(child: Child): Child {
  started.push(child);
  return child;
}

/** Starts a child, which works whenever it is told for how long. */
export async function startChild(project: string, task: Task): Promise<Running> {
  const child = endWithUs(fork(join(project, 'child.js'), [JSON.stringify(task)], { execArgv: [] }));
  const exit = once(child, 'exit');
  const failed = exit.then(([code]) => Promise.reject(new Error(`${task.contender} ended with ${code}.`)));
  failed.catch(() => {});
  const message = async () => (await Promise.race([once(child, 'message'), failed]))[0];
  await message();
  return {
    spend(ms) {
      child.send(ms);
      return message();
    },
    async stop() {
      child.kill();
      await exit;
    },
  };
}
