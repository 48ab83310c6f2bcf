import { resolve } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const path = (file: string) => resolve(import.meta.dirname, file);
const slow = 'test/**/*.slow.test.ts';

/** `#hmac` is one of the receiver's two ways to compute an HMAC; runtimes choose by the conditions in package.json. */
const project = (name: string, include: string, hmac = 'node'): TestProjectInlineConfiguration => ({
  resolve: {
    alias: [
      { find: '#hmac', replacement: path(`src/receiver/hmac/${hmac}.ts`) },
      // Examples and samples import the package by its name, as their readers will.
      { find: /^dixa-webhooks$/, replacement: path('src/client/index.ts') },
      { find: /^dixa-webhooks\/(\w+)$/, replacement: path('src/$1/index.ts') },
    ],
  },
  test: {
    name,
    include: [include],
    exclude: include === slow ? [] : [slow],
    // A new process for each file costs a quarter more CPU.
    isolate: false,
    setupFiles: 'test/support/clean-up.ts',
    testTimeout: include === slow ? 180_000 : 30_000,
    hookTimeout: 60_000,
  },
});

/** `npm test` leaves out the project `slow`, which `npm run check` runs. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/setup.ts',
    // Most of the time goes to processes that the tests start and wait for.
    maxWorkers: '100%',
    projects: [
      project('fast', 'test/!(contract|redis)/**/*.test.ts'),
      // Separate, because tests of timers would count the pending timeouts of a lost Redis.
      project('Redis', 'test/redis/**/*.test.ts'),
      project('contract', 'test/contract/**/*.test.ts'),
      project('WebCrypto', 'test/unit/receiver/both/**/*.test.ts', 'web'),
      project('slow', slow),
    ],
  },
});
