import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ReceiverFiles } from '../bench/receivers.js';
import { benchFolder } from './bench-peers.js';
import { dist, root } from './package.js';

/** The programs that are measured or do the measuring. Each runs in a process of its own, without what tsx adds to code. */
const sources = ['memory', 'http-server', 'http-load'] as const;

export type ProgramName = (typeof sources)[number];

/** The programs, made for plain Node. */
export interface Programs {
  readonly files: ReceiverFiles;
  /** Starts one; what it takes is its only argument. */
  start(name: ProgramName, task: unknown): ChildProcess;
  /** Ends all that run, and removes what was made. */
  close(): Promise<void>;
}

/** Makes the programs, and the receiver as a bundler takes it for a browser, beside the peers, so that they are found. */
export async function makePrograms(): Promise<Programs> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.programs-'));
  const shared = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
  } as const;
  const entryPoints = Object.fromEntries(sources.map((name) => [name, join(benchFolder, `${name}.ts`)]));
  await build({ ...shared, entryPoints, platform: 'node', target: 'node20', packages: 'external' });
  const receiver = join(dist, 'receiver/index.js');
  await build({
    ...shared,
    entryPoints: { web: receiver },
    platform: 'neutral',
    conditions: ['browser'],
    // As in another project: the `paths` of this one's tsconfig.json would win over the conditions.
    tsconfigRaw: {},
  });

  const running = new Set<ChildProcess>();
  return {
    files: {
      node: pathToFileURL(receiver).href,
      web: pathToFileURL(join(folder, 'web.mjs')).href,
      listener: pathToFileURL(join(dist, 'receiver/node.js')).href,
    },
    start(name, task) {
      const child = fork(join(folder, `${name}.mjs`), [JSON.stringify(task)], { execArgv: [] });
      running.add(child);
      child.once('exit', () => running.delete(child));
      return child;
    },
    async close() {
      await Promise.all([...running].map(stop));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends a program that was started. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

/** The next message of a program; rejects if it ends instead. */
export function messageOf<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      resolve(message as Message);
    };
    const onExit = (code: number | null) => {
      child.off('message', onMessage);
      reject(new Error(`A measuring program ended with ${code}.`));
    };
    child.once('message', onMessage).once('exit', onExit);
  });
}
