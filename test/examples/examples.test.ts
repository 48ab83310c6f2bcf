import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { examplesFolder } from './program.js';
import { type Example, testExample } from './suite.js';

const examples: readonly Example[] = [
  { file: 'node-http.ts', dedupes: true },
  { file: 'express.ts', dedupes: true },
  { file: 'express-json.ts', dedupes: true },
  { file: 'express-json-verify.ts', dedupes: true },
  { file: 'nest.ts', dedupes: true },
  { file: 'fastify.ts', dedupes: true },
  { file: 'hono.ts', dedupes: true },
  { file: 'next-route-handler.ts', host: 'fetch', dedupes: false },
  { file: 'sveltekit.ts', host: 'sveltekit', dedupes: false },
  { file: 'nuxt.ts', host: 'h3', dedupes: false },
  { file: 'nuxt.ts', host: 'h3', path: '/dixa?read', dedupes: false },
  { file: 'workers-fetch.ts', host: 'fetch', dedupes: false },
  { file: 'workers-kv.ts', host: 'fetch', dedupes: false },
  { file: 'google-cloud-functions.ts', host: 'functions', dedupes: false },
  { file: 'aws-lambda.ts', host: 'lambda', dedupes: false },
  { file: 'aws-lambda.ts', host: 'lambda', path: '/dixa?base64', dedupes: false },
  { file: 'queue.ts', host: 'queue', dedupes: true },
];

/** Tested in redis.test.ts, which needs a Redis. */
const withRedis = ['redis-dedupe.ts', 'ioredis-dedupe.ts'];

/** Tested in next.slow.test.ts, which builds an app. */
const withNext = ['next-page.tsx'];

/** Tested in runtimes.slow.test.ts, which needs Bun and Deno. */
const withRuntimes = ['bun.ts', 'deno.ts'];

for (const example of examples) {
  const name = [`examples/${example.file}`, example.path].filter(Boolean).join(' at ');
  describeWhere([examplesInstalled], name, () => testExample(example));
}

it('knows every example', () => {
  const files = readdirSync(examplesFolder).filter((file) => /\.tsx?$/.test(file));
  const tested = [...examples.map(({ file }) => file), ...withRedis, ...withNext, ...withRuntimes];
  expect(files).toEqual([...new Set(tested)].sort());
});
