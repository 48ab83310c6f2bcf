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
 * A store in Redis, for any number of processes. The client stays yours: connect it before, close it after.
 * @param prefix what the keys begin with. Default: `dixa-webhooks:`
 * @example createReceiver({ secret, dedupe: redisDedupe(await createClient().connect()) })
 */
export function redisDedupe(client: RedisClient, prefix = 'dixa-webhooks:'): DedupeStore {
  const run = async (script: string, key: string, ...args: string[]) =>
    'defineCommand' in client
      ? await client.eval(script, 1, prefix + key, ...args)
      : await client.eval(script, { keys: [prefix + key], arguments: args });

  return {
    async claim(key, { leaseMs }) {
      const token = crypto.randomUUID();
      const state = (await run(scripts.claim, key, token, wholeMs(leaseMs))) as Claim['state'];
      return { state, token };
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
