import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { RedisClient } from '../../src/receiver/redis.js';

/** A client under test, and what the tests ask the server for. */
export interface TestClient {
  readonly client: RedisClient;
  readonly command: (...words: string[]) => Promise<unknown>;
  close(): Promise<void>;
  /** Ends it where the server is gone. */
  abandon(): void;
}

/** What the tests use of node-redis; the examples are compiled against its own types. */
interface NodeRedisModule {
  createClient(options: { url: string }): {
    on(event: 'error', listener: () => void): void;
    connect(): Promise<unknown>;
    sendCommand(words: string[]): Promise<unknown>;
    close(): Promise<unknown>;
    destroy(): void;
  } & RedisClient;
}

interface IoRedisModule {
  readonly Redis: new (
    url: string,
  ) => {
    on(event: 'error', listener: () => void): void;
    call(...words: string[]): Promise<unknown>;
    quit(): Promise<unknown>;
    disconnect(): void;
  } & RedisClient;
}

// The clients are dependencies of the examples, not of the package.
const require = createRequire(resolve('examples/package.json'));

export const clientNames = ['redis', 'ioredis'] as const;
export type ClientName = (typeof clientNames)[number];

/** Connects a client as the examples do. */
export async function connect(name: ClientName, url: string): Promise<TestClient> {
  if (name === 'ioredis') {
    const { Redis } = require('ioredis') as IoRedisModule;
    const client = new Redis(url);
    client.on('error', () => {});
    return {
      client,
      command: (...words) => client.call(...words),
      close: async () => void (await client.quit()),
      abandon: () => client.disconnect(),
    };
  }
  const { createClient } = require('redis') as NodeRedisModule;
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  return {
    client,
    command: (...words) => client.sendCommand(words),
    close: async () => void (await client.close()),
    abandon: () => client.destroy(),
  };
}
