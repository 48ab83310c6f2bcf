import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { dist, root } from '../lib/package.js';
import type { ApiReady } from './api-server.js';
import type { BuiltFiles } from './built.js';
import { hasCores, onCore } from './cores.js';
import { benchFolder } from './installed-peers.js';
import type { OtherEnd } from './polling.js';

/**
 * The programs by the core on which each runs: what is measured has core 0 to itself, and the other end of its connections
 * has core 1, where it is told nothing but whether it may poll. Each is a process, without what tsx adds to code.
 */
const coreOf = {
  'by-turns': 0,
  client: 0,
  scale: 0,
  limit: 0,
  growth: 0,
  'http-server': 0,
  'api-server': 1,
  'http-load': 1,
} as const;

export type ProgramName = keyof typeof coreOf;

/** The programs, made for plain Node. */
export interface Programs {
  readonly files: BuiltFiles;
  /** Starts one; what it takes is its only argument. */
  start(name: ProgramName, task?: unknown, nodeArgs?: readonly string[]): ChildProcess;
  /** Starts one, takes its one message, and waits for its end. */
  result<Result>(name: ProgramName, task: unknown, nodeArgs?: readonly string[]): Promise<Result>;
  /** Runs something beside the server that the clients call, which is a process of its own and ends with it. */
  withApi(use: (api: { readonly port: number; readonly process: ChildProcess }) => Promise<void>): Promise<void>;
  /** Ends all that run, and removes what was made. */
  close(): Promise<void>;
}

/** Makes the programs, and the receiver as a bundler takes it for a browser, beside the peers, so that they are found. */
export async function makePrograms(): Promise<Programs> {
  const folder = await mkdtemp(join(benchFolder, 'node_modules/.programs-'));
  const files = await buildInto(folder).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const running = new Set<ChildProcess>();

  const start: Programs['start'] = (name, task, nodeArgs = []) => {
    const core = coreOf[name];
    const options: ForkOptions = hasCores ? onCore(core, nodeArgs) : { execArgv: [...nodeArgs] };
    const otherEnd: OtherEnd = { polls: hasCores };
    const child = fork(join(folder, `${name}.mjs`), [JSON.stringify(core === 0 ? task : otherEnd)], options);
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  return {
    files,
    start,
    async result<Result>(name: ProgramName, task: unknown, nodeArgs: readonly string[] = []) {
      const child = start(name, task, nodeArgs);
      const exit = once(child, 'exit');
      const result = await messageOf<Result>(child);
      const [code] = await exit;
      if (code !== 0) throw new Error(`${name} ended with ${code}.`);
      return result;
    },
    async withApi(use) {
      const process = start('api-server');
      const { port } = await messageOf<ApiReady>(process);
      await use({ port, process });
      await stop(process);
    },
    async close() {
      await Promise.all([...running].map(stop));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function buildInto(outdir: string): Promise<BuiltFiles> {
  const shared = { absWorkingDir: root, outdir, bundle: true, format: 'esm', outExtension: { '.js': '.mjs' } } as const;
  const names = Object.keys(coreOf);
  const entryPoints = Object.fromEntries(names.map((name) => [name, join(benchFolder, `${name}.ts`)]));
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
  const url = (file: string) => pathToFileURL(file).href;
  return {
    client: url(join(dist, 'index.js')),
    node: url(receiver),
    web: url(join(outdir, 'web.mjs')),
    listener: url(join(dist, 'receiver/node.js')),
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
    const leave = () => child.off('message', onMessage).off('exit', onExit).off('error', onError);
    const onMessage = (message: unknown) => {
      leave();
      resolve(message as Message);
    };
    const onError = (error: Error) => {
      leave();
      reject(error);
    };
    const onExit = (code: number | null) => onError(new Error(`A measuring program ended with ${code}.`));
    // It tells of an error where a message could not be sent, for the program has ended already.
    child.once('message', onMessage).once('exit', onExit).once('error', onError);
  });
}

/** Sends a program a message and takes its answer. */
export function ask<Answer>(child: ChildProcess, question: string | object): Promise<Answer> {
  const answer = messageOf<Answer>(child);
  child.send(question);
  return answer;
}
