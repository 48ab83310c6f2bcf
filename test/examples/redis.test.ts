import { afterAll, beforeAll, describe } from 'vitest';
import { describeWhere, examplesInstalled, redisInstalled } from '../support/describe-where.js';
import { type RedisServer, startRedis } from '../support/redis-server.js';
import { testExample } from './suite.js';

describeWhere([examplesInstalled, redisInstalled], 'with a Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  for (const file of ['redis-dedupe.ts', 'ioredis-dedupe.ts']) {
    describe(`examples/${file}`, () => testExample({ file, dedupes: true }, () => ({ REDIS_URL: redis.url })));
  }
});
