import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Pool } from 'undici';
import { bun } from '../../test/runtimes/hosts/bun.js';
import { deno } from '../../test/runtimes/hosts/deno.js';
import { workerd } from '../../test/runtimes/hosts/workerd.js';
import { bodyOf, forged, type Scheme, secret, sign } from './deliveries.js';
import { benchFolder, cpuOf, type Server, startServer, stopServer, type Task } from './harness.js';
import { nodeListeners } from './node-listeners.js';

/** Measures a receiver behind node:http. */
export async function measureListener(project: string, task: Task): Promise<number> {
  const server = await startServer(process.execPath, [join(project, 'child.js'), JSON.stringify(task)]);
  return costOfDelivery(server, nodeListeners[task.contender]?.scheme ?? 'dixa', task.case, task);
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

/** Measures a receiver for `fetch` on a runtime. */
export async function measureRuntime(project: string, task: Task): Promise<number> {
  const { binary = '', args = [], conditions = [] } = runtimes[task.case] ?? {};
  const file = join(project, `${task.case}.mjs`);
  const contents = `
    import { createReceiver } from 'dixa-webhooks/receiver';
    import { fetchByHand } from ${JSON.stringify(join(benchFolder, 'by-hand.ts'))};
    const secret = '${secret}';
    const receiver = createReceiver({ secret });
    receiver.on('ConversationCreated', () => {});
    export default { port: 0, hostname: '127.0.0.1', fetch: ${fetchContenders[task.contender]} };`;
  await build({
    stdin: { contents, resolveDir: project },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    conditions,
    tsconfigRaw: {}, // The `paths` of tsconfig.json lead to the sources instead of the built package.
  });
  const config = join(project, 'workerd.capnp');
  await writeFile(config, workerdConfig);
  const env = { ...process.env, DENO_DIR: project, DENO_NO_UPDATE_CHECK: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' };
  const server = await startServer(binary, [...args, task.case === workerd.name ? config : file], env);
  return costOfDelivery(server, 'dixa', '1 kB', task);
}

const workerdConfig = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker", esModule = embed "workerd.mjs")],
    compatibilityDate = "2026-04-01"
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
`;

const CONNECTIONS = 16;
const BATCH = 320;

/** Microseconds of a server's CPU for one delivery, over connections that are kept. */
async function costOfDelivery(
  server: Server,
  scheme: Scheme,
  size: string,
  { warmUpMs, measuredMs }: Task,
): Promise<number> {
  const pool = new Pool(server.url, { connections: CONNECTIONS });
  const body = bodyOf(size);
  const headers = { 'content-type': 'application/json', ...sign[scheme](body) };
  const deliver = async (bytes: Buffer) => {
    const response = await pool.request({ path: '/', method: 'POST', headers, body: bytes });
    await response.body.dump();
    return response.statusCode;
  };
  const deliverBatch = async () => {
    for (let left = BATCH / CONNECTIONS; left > 0; left -= 1) {
      const statuses = await Promise.all(Array.from({ length: CONNECTIONS }, () => deliver(body)));
      if (Math.max(...statuses) >= 300) throw new Error(`A genuine delivery was answered with ${statuses}.`);
    }
  };
  const spend = async (ms: number) => {
    const before = await cpuOf(server);
    for (let count = BATCH; ; count += BATCH) {
      await deliverBatch();
      const used = (await cpuOf(server)) - before;
      if (used >= ms * 1000) return used / count;
    }
  };
  try {
    if ((await deliver(forged(body))) < 400) throw new Error('A forged delivery was accepted.');
    await spend(warmUpMs);
    return await spend(measuredMs);
  } finally {
    await pool.destroy();
    await stopServer(server);
  }
}
