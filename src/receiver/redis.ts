import { DixaConfigurationError, DixaError } from '../shared/errors.js';
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

/** The interval between attempts to release a claim that got no reply, in milliseconds. */
const RETRY_MS = 250;

/**
 * Each operation is one script, which makes it atomic. The value of a key is the token of its lease, or `done`. A client may
 * send a script twice if its connection breaks, so a claim that finds its own token succeeds.
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

/** Options for {@link redisDedupe}. */
export interface RedisDedupeOptions {
  /**
   * The prefix of all keys.
   * @default 'dixa-webhooks:'
   */
  readonly prefix?: string | undefined;
  /**
   * How long Redis may take to reply, in milliseconds. After that the response to the delivery is 500.
   * @default 3_000
   */
  readonly timeoutMs?: number | undefined;
}

/**
 * A store in Redis, shared by any number of processes. Connect the client first, and close it yourself.
 * @throws DixaConfigurationError if `client` is not a Redis client
 * @example createReceiver({ secret, dedupe: redisDedupe(await createClient().connect()) })
 */
export function redisDedupe(client: RedisClient, options: RedisDedupeOptions = {}): DedupeStore {
  const { prefix = 'dixa-webhooks:', timeoutMs = 3_000 } = options;
  if (typeof Object(client).eval !== 'function') {
    throw new DixaConfigurationError('redisDedupe() needs a client of node-redis or ioredis, not a URL.');
  }
  const send = async (script: string, key: string, args: string[]) =>
    'defineCommand' in client
      ? client.eval(script, 1, prefix + key, ...args)
      : client.eval(script, { keys: [prefix + key], arguments: args });

  // The timeouts of the clients differ, and some do not apply to commands that were sent.
  const run = (script: string, key: string, ...args: string[]) =>
    new Promise<unknown>((resolve, reject) => {
      const fail = () => reject(new DixaError(`Redis did not reply within ${timeoutMs} ms.`));
      const timer = setTimeout(fail, timeoutMs);
      send(script, key, args)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });

  /**
   * Releases a claim that got no reply. Redis may still execute it, and then nobody could handle the event until the lease
   * expires. It is released twice, because Redis may execute it after a command that another connection sent later.
   */
  async function releaseLater(key: string, token: string, leaseMs: number): Promise<void> {
    const deadline = performance.now() + leaseMs;
    for (let times = 0; times < 2 && performance.now() < deadline; ) {
      await run(scripts.release, key, token).then(
        () => (times += 1),
        () => {}, // Redis is still unreachable.
      );
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  return {
    async claim(key, { leaseMs }) {
      const token = crypto.randomUUID();
      try {
        // A client may be configured to return buffers.
        const state = `${await run(scripts.claim, key, token, wholeMs(leaseMs))}` as Claim['state'];
        return { state, token };
      } catch (error) {
        releaseLater(key, token, leaseMs);
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

/** A duration in whole milliseconds, as Redis requires. */
function wholeMs(ms: number): string {
  return `${Math.ceil(Math.min(Math.max(ms, 1), Number.MAX_SAFE_INTEGER))}`;
}
