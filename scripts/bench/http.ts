import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'undici';
import { bun } from '../../test/runtimes/hosts/bun.js';
import { deno } from '../../test/runtimes/hosts/deno.js';
import { workerd } from '../../test/runtimes/hosts/workerd.js';
import { bodyOf, forged, type Scheme, secret, sign } from './deliveries.js';
import { benchFolder, bundle, endWithUs, type Running, type Task } from './harness.js';
import { nodeListeners } from './node-listeners.js';

/** Starts a receiver behind node:http. */
export function startListener(project: string, task: Task): Promise<Running> {
  const scheme = nodeListeners[task.contender]?.scheme ?? 'dixa';
  return startServer(process.execPath, [join(project, 'child.js'), JSON.stringify(task)], scheme, task.case);
}

/** How each runtime is started with a file, and as what a bundler makes that file for it. */
const runtimes = {
  [bun.name]: { ...bun, args: ['--no-install'], conditions: ['bun'] },
  [deno.name]: {
    ...deno,
    args: ['serve', '--no-prompt', '--cached-only', '--no-lock', '--no-config', '--port=0', '--host=127.0.0.1'],
    conditions: ['deno'],
  },
  [workerd.name]: { ...workerd, args: ['serve', '--control-fd=3'], conditions: ['workerd', 'worker', 'browser'] },
};

/** The runtimes by whether they are installed. */
export const runtimeNames = (isInstalled: boolean) =>
  Object.values(runtimes).flatMap(({ name, binary }) => (!!binary === isInstalled ? [name] : []));

export const fetchContenders: Readonly<Record<string, string>> = {
  'dixa-webhooks': 'receiver.fetch',
  'by hand': 'fetchByHand(secret)',
};

/** Starts a receiver for `fetch` on a runtime. */
export async function startOnRuntime(project: string, task: Task): Promise<Running> {
  const { binary = '', args = [], conditions = [] } = runtimes[task.case] ?? {};
  const name = `${task.case}-${task.contender}`.replace(' ', '-');
  const file = join(project, `${name}.mjs`);
  const contents = `
    import { createReceiver } from 'dixa-webhooks/receiver';
    import { fetchByHand } from ${JSON.stringify(join(benchFolder, 'by-hand.ts'))};
    const secret = '${secret}';
    const receiver = createReceiver({ secret });
    receiver.on('ConversationCreated', () => {});
    export default { port: 0, hostname: '127.0.0.1', fetch: ${fetchContenders[task.contender]} };`;
  const stdin = { contents, resolveDir: project };
  await bundle({ stdin, outfile: file, platform: 'neutral', external: ['node:*'], conditions });
  const config = join(project, `${name}.capnp`);
  await writeFile(config, workerdConfig(name));
  const env = { ...process.env, DENO_DIR: project, DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' };
  return startServer(binary, [...args, task.case === workerd.name ? config : file], 'dixa', '1 kB', env);
}

const workerdConfig = (name: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker", esModule = embed "${name}.mjs")],
    compatibilityDate = "2026-04-01"
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`;

const CONNECTIONS = 16;

/** Starts a server that says on standard output, error or file descriptor 3 which port it listens on, and proves it. */
async function startServer(
  command: string,
  args: readonly string[],
  scheme: Scheme,
  size: string,
  env = process.env,
): Promise<Running> {
  const child = endWithUs(spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] }));
  const exit = once(child, 'exit');
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    for (const stream of child.stdio.slice(1)) {
      stream?.on('data', (data: Buffer) => {
        output += data;
        const [, found] = /(?:"port":|:\/\/[\w.]+:)(\d+)/.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    exit.then(([code]) => reject(new Error(`${command} ended with ${code}: ${output}`)), reject);
  });

  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const body = bodyOf(size);
  const headers = { 'content-type': 'application/json', ...sign[scheme](body) };
  const deliver = async (bytes: Buffer) => {
    const response = await pool.request({ path: '/', method: 'POST', headers, body: bytes });
    await response.body.dump();
    return response.statusCode;
  };
  if ((await deliver(forged(body))) < 400) throw new Error(`${command} ${args.join(' ')} accepts what was forged.`);
  let counted = await cpuOf(child.pid);
  return {
    async spend(ms) {
      for (let count = CONNECTIONS; ; count += CONNECTIONS) {
        const statuses = await Promise.all(Array.from({ length: CONNECTIONS }, () => deliver(body)));
        if (Math.max(...statuses) >= 300) throw new Error(`A genuine delivery was answered with ${statuses}.`);
        const now = await cpuOf(child.pid);
        const cpu = now - counted;
        if (cpu < ms * 1000) continue;
        counted = now;
        return { cpu, count };
      }
    },
    async stop() {
      await pool.destroy();
      child.kill();
      await exit;
    },
  };
}

/** Microseconds of CPU that a process of any runtime has used. The kernel counts hundredths of a second. */
async function cpuOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
