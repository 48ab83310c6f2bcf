import { type ChildProcess, fork, spawn } from 'node:child_process';
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

/** Starts a program of Node that listens. */
export function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Program> {
  const tellPort = pathToFileURL(compiled(join(import.meta.dirname, 'tell-port.ts'))).href;
  const child = fork(program, args, {
    execArgv: ['--import', tellPort],
    env: { ...process.env, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let url: string | undefined;
  child.once('message', ({ port }: AddressInfo) => {
    url = `http://localhost:${port}`;
    child.emit('printed');
  });
  return follow(child, () => url);
}

/** Starts a program of another runtime that prints the URL at which it listens. */
export function runBinary(
  binary: string,
  args: readonly string[],
  where: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Program> {
  const child = spawn(binary, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
  return follow(child, (output) => /(http:\/\/\S+?)\/?\n/.exec(output)?.[1]);
}

/** Resolves once `findUrl` knows where the program listens; it is called whenever the program has printed something. */
async function follow(child: ChildProcess, findUrl: (output: string) => string | undefined): Promise<Program> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('printed');
    });
  }
  const exited = once(child, 'exit');
  const ended = exited.then(() => {
    throw new Error(`${child.spawnargs.join(' ')} ended:\n${output}`);
  });
  ended.catch(() => {});
  const nextPrint = () => Promise.race([once(child, 'printed'), ended]);
  let url = findUrl(output);
  for (; !url; url = findUrl(output)) await nextPrint();
  return {
    url,
    output: () => output,
    async printed(line) {
      while (!output.split('\n').includes(line)) await nextPrint();
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}
