import { DixaConfigurationError } from '../shared/errors.js';
import type { Claim, DedupeStore } from './dedupe.js';

/** A client of node-redis: `createClient()` of the package `redis`. */
interface NodeRedis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** A client of ioredis: `new Redis()` of the package `ioredis`. */
interface IoRedis {
  eval(script: string, keys: number, ...keysAndArguments: string[]): Promise<unknown>;
  defineCommand(name: string, definition: { lua: string }): void;
}

/** A connected client of node-redis or of ioredis. */
export type RedisClient = NodeRedis | IoRedis;

/** How often a claim is given up again whose reply never came, in milliseconds. */
const RETRY_MS = 250;

/**
 * Each is one script, so that nothing comes between its steps. A lease holds its token, a handled event `done`. A client
 * may send a script twice when its connection breaks, so a claim that finds its own token is the same claim.
 */
const scripts = {
  claim: `
    local value = redis.call('GET', KEYS[1])
    if value == 'done' then return 'done' end
    if value and value ~= ARGV[1] then return 'pending' end
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 'new'`,
  commit: `
    local value = redis.call('GET', KEYS[1])
    if not value or value == ARGV[1] then redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2]) end`,
  release: `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`,
};

/**
 * A store in Redis, for any number of processes. The client remains yours: connect it before, and close it afterwards.
 * Give it a command timeout: without one a delivery waits as long as Redis is away.
 * @param prefix the beginning of all keys. Default: `dixa-webhooks:`
 * @throws DixaConfigurationError if it is not a client
 * @example createReceiver({ secret, dedupe: redisDedupe(await createClient().connect()) })
 */
export function redisDedupe(client: RedisClient, prefix = 'dixa-webhooks:'): DedupeStore {
  if (typeof Object(client).eval !== 'function') {
    throw new DixaConfigurationError('redisDedupe() needs a client of node-redis or ioredis, not a URL.');
  }
  const run = async (script: string, key: string, ...args: string[]) =>
    'defineCommand' in client
      ? await client.eval(script, 1, prefix + key, ...args)
      : await client.eval(script, { keys: [prefix + key], arguments: args });

  /** A claim without a reply may still be carried out, and would keep the event from everybody until its lease ends. */
  async function giveUp(key: string, token: string, leaseMs: number): Promise<void> {
    const deadline = performance.now() + leaseMs;
    while (performance.now() < deadline) {
      try {
        await run(scripts.release, key, token);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  return {
    async claim(key, { leaseMs }) {
      const token = crypto.randomUUID();
      try {
        const state = (await run(scripts.claim, key, token, wholeMs(leaseMs))) as Claim['state'];
        return { state, token };
      } catch (error) {
        giveUp(key, token, leaseMs);
        throw error;
      }
    },
    async commit(key, token, { keepMs }) {
      await run(scripts.commit, key, token, wholeMs(keepMs));
    },
    async release(key, token) {
      await run(scripts.release, key, token);
    },
  };
}

/** A time as Redis takes it. */
function wholeMs(ms: number): string {
  return `${Math.ceil(Math.min(Math.max(ms, 1), Number.MAX_SAFE_INTEGER))}`;
}
