import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiled } from '../support/programs.js';

export const examplesFolder = join(import.meta.dirname, '../../examples');

/** What runs a function as Google Cloud does. */
const functionsFramework = join(examplesFolder, 'node_modules/@google-cloud/functions-framework/build/src/main.js');

/** An example that runs as a process, or in a host if it is not a server itself. */
export interface Program {
  readonly url: string;
  /** What it has printed. */
  readonly output: () => string;
  /** Resolves when it has printed this line. */
  readonly printed: (line: string) => Promise<void>;
  stop(): Promise<void>;
}

/** Starts a program of examples/, or a host of test/examples/hosts/ with the file that it hosts. */
export function start(file: string, env: Readonly<Record<string, string>>, host?: string): Promise<Program> {
  const example = compiled(join(examplesFolder, file));
  if (host === 'functions') return run(functionsFramework, ['--target=dixa', `--source=${example}`], env);
  return host ? run(compiled(join(import.meta.dirname, `hosts/${host}.ts`)), [example], env) : run(example, [], env);
}

/** Starts a program that listens. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const tellPort = pathToFileURL(compiled(join(import.meta.dirname, 'tell-port.ts'))).href;
  const child = fork(program, args, {
    execArgv: ['--import', tellPort],
    env: { ...process.env, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('printed');
    });
  }
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error(`${[program, ...args].join(' ')} ended:\n${output}`);
  });
  ended.catch(() => {});
  const [address] = (await Promise.race([once(child, 'message'), ended])) as [AddressInfo];
  return {
    url: `http://localhost:${address.port}`,
    output: () => output,
    async printed(line) {
      while (!output.split('\n').includes(line)) await Promise.race([once(child, 'printed'), ended]);
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}
