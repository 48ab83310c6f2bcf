import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { manifest, root } from '../lib/package.js';

/** Where the peers are installed, with a package.json of their own. */
export const benchFolder = join(root, 'scripts/bench');

/** How thoroughly to measure: rounds, and milliseconds of CPU for the warm-up of a process and for what counts. */
export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

/** What a child process does: see child.ts. */
export interface Task extends Effort {
  readonly section: string;
  readonly case: string;
  readonly contender: string;
  /** The API that clients call; without it, calls are answered in memory. */
  readonly baseUrl?: string;
}

/** What a child process measures: what to call again and again, and how many operations one call is. */
export interface Work {
  readonly run: () => unknown;
  readonly operations?: number;
}

/** What each contender measured, round by round. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** Measures contenders one after another (A B C A B C …), so that a slow minute of the machine affects all of them. */
export async function interleave(
  contenders: readonly string[],
  rounds: number,
  measure: (contender: string) => Promise<number>,
): Promise<Samples> {
  const samples = Object.fromEntries(contenders.map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of contenders) samples[name]?.push(await measure(name));
  }
  return samples;
}

/** Makes a project that has this package and its peers installed, with the child program as plain JavaScript. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.project-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', manifest.name), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await build({
    entryPoints: [join(benchFolder, 'child.ts')],
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfigRaw: {}, // The `paths` of tsconfig.json lead to the sources instead of the built package.
  });
  return folder;
}

/** Runs Node in the project and returns the number that it prints. */
export async function runNode(project: string, ...args: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project });
  const result = stdout.trim() === '' ? Number.NaN : Number(stdout);
  if (Number.isNaN(result)) throw new Error(`${args.join(' ')} printed ${stdout} instead of a number.`);
  return result;
}

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts a server, and waits until it says on standard output, error or file descriptor 3 which port it listens on. */
export async function startServer(command: string, args: readonly string[], env = process.env): Promise<Server> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    for (const stream of child.stdio.slice(1)) {
      stream?.on('data', (data: Buffer) => {
        output += data;
        const [, found] = /(?:"port":|:\/\/[\w.]+:)(\d+)/.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });
  return { url: `http://127.0.0.1:${port}`, process: child };
}

export async function stopServer({ process: child }: Server): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

/** Microseconds of CPU that a process of any runtime has used. The kernel counts hundredths of a second. */
export async function cpuOf({ process: { pid } }: Server): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
