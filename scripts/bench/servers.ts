import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Pool } from 'undici';
import { bun } from '../../test/runtimes/hosts/bun.js';
import { deno } from '../../test/runtimes/hosts/deno.js';
import { workerd } from '../../test/runtimes/hosts/workerd.js';
import { replyTo } from './clients.js';
import { bodyOf, forged, secret, signed } from './deliveries.js';
import { benchFolder, bundle, children, type Running, startChild, type Task } from './harness.js';

let api: Promise<string> | undefined;

/** Starts a client of an API that this process serves on loopback. Only the CPU time of the client's process counts. */
export async function startClient(project: string, task: Task): Promise<Running> {
  api ??= new Promise((resolve) => {
    const server = createServer((request, response) => {
      const { status, text } = replyTo(request.method);
      const reply = () => response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      request.resume().once('end', reply);
    }).unref();
    server.keepAliveTimeout = 0;
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  return startChild(project, { ...task, baseUrl: await api });
}

/** Starts a receiver behind node:http. */
export function startListener(project: string, task: Task): Promise<Running> {
  return startServer(process.execPath, [join(project, 'child.js'), JSON.stringify(task)], task.case);
}

const denoArgs = 'serve --no-prompt --cached-only --no-lock --no-config --port=0 --host=127.0.0.1';

/** How to start each runtime, and the conditions to bundle for it. */
const runtimes = {
  [bun.name]: { ...bun, args: '--no-install', conditions: ['bun'] },
  [deno.name]: { ...deno, args: denoArgs, conditions: ['deno'] },
  [workerd.name]: { ...workerd, args: 'serve --control-fd=3', conditions: ['workerd', 'worker', 'browser'] },
};

/** Only Linux reports the CPU time of another process. */
export const canServe = process.platform === 'linux';
export const installedRuntimes = Object.keys(runtimes).filter((name) => canServe && runtimes[name]?.binary);

/** The receivers for `fetch`: both verify, parse, call a handler and respond without a body. */
export const fetchContenders = { 'dixa-webhooks': 'receiver.fetch', 'by hand': 'fetchByHand(secret)' };

/** Starts a receiver for `fetch` on a runtime. */
export async function startOnRuntime(project: string, task: Task): Promise<Running> {
  const { binary = '', args = '', conditions = [] } = runtimes[task.case] ?? {};
  const file = join(project, `${task.case}-${task.contender}`.replace(' ', '-'));
  const contents = `
    import { createReceiver } from 'dixa-webhooks/receiver';
    import { fetchByHand } from ${JSON.stringify(join(benchFolder, 'by-hand.ts'))};
    const secret = '${secret}';
    const receiver = createReceiver({ secret });
    receiver.on('ConversationCreated', () => {});
    export default { port: 0, hostname: '127.0.0.1', fetch: ${fetchContenders[task.contender as keyof typeof fetchContenders]} };`;
  const stdin = { contents, resolveDir: project };
  await bundle({ stdin, outfile: `${file}.mjs`, platform: 'neutral', external: ['node:*'], conditions });
  await writeFile(`${file}.capnp`, workerdConfig(await readFile(`${file}.mjs`, 'utf8')));
  const env = { ...process.env, DENO_DIR: project, DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' };
  return startServer(
    binary,
    [...args.split(' '), `${file}${task.case === workerd.name ? '.capnp' : '.mjs'}`],
    '1 kB',
    env,
  );
}

const workerdConfig = (program: string) => `using Workerd = import "/workerd/workerd.capnp";
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = ${JSON.stringify(program)})],
  compatibilityDate = "2026-04-01"
);
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`;

const CONNECTIONS = 16;

/** Starts a server that prints its port on stdout, stderr or file descriptor 3, and checks that it verifies deliveries. */
async function startServer(command: string, args: string[], size: string, env = process.env): Promise<Running> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  children.push(child);
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    for (const stream of child.stdio.slice(1)) {
      stream?.on('data', (data: Buffer) => {
        output += data;
        const [, found] = /(?:"port":|:\/\/[\w.]+:)(\d+)/.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
    child.once('exit', () => reject(new Error(`${command} exited: ${output}`)));
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const body = bodyOf(size);
  const headers = { 'content-type': 'application/json', ...signed(body) };
  const deliver = async (bytes: Buffer) => {
    const response = await pool.request({ path: '/', method: 'POST', headers, body: bytes });
    await response.body.dump();
    return response.statusCode;
  };
  if ((await deliver(forged(body))) < 400) throw new Error(`${command} ${args.join(' ')} accepts a forged delivery.`);
  let counted = await cpuOf(child.pid);
  return {
    child,
    async spend(ms) {
      for (let count = CONNECTIONS; ; count += CONNECTIONS) {
        const statuses = await Promise.all(Array.from({ length: CONNECTIONS }, () => deliver(body)));
        if (Math.max(...statuses) >= 300) throw new Error(`The response to a valid delivery was ${statuses}.`);
        const now = await cpuOf(child.pid);
        const cpu = now - counted;
        if (cpu < ms * 1000) continue;
        counted = now;
        return { cpu, count };
      }
    },
  };
}

/** The CPU time of a process, in microseconds. The kernel counts hundredths of a second. */
async function cpuOf(pid: number | undefined): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
