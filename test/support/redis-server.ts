import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisServer {
  readonly url: string;
  /** Makes it stop responding without closing connections. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Starts a Redis that keeps nothing. It cannot choose a free port itself, so another program may take it first. */
export async function startRedis(tries = 5, fixedPort?: number): Promise<RedisServer> {
  const port = fixedPort ?? (await freePort());
  const folder = await mkdtemp(join(tmpdir(), 'dixa-redis-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await removeFolder();
  };
  const log = await ready(child).catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  if (log === undefined) {
    const pause = () => void child.kill('SIGSTOP');
    const resume = () => void child.kill('SIGCONT');
    return { url: `redis://127.0.0.1:${port}`, pause, resume, stop };
  }
  await stop();
  if (tries > 1 && /address already in use/i.test(log)) return startRedis(tries - 1);
  throw new Error(`redis-server did not start:\n${log}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until it listens. Throws its log if it exits instead. */
function ready(child: ChildProcess): Promise<string | undefined> {
  let log = '';
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => resolve(log));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('Ready to accept connections')) resolve(undefined);
    });
  });
}
