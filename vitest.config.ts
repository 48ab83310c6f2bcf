import { resolve } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const path = (file: string) => resolve(import.meta.dirname, file);

/** `#hmac` is one of the receiver's two ways to compute an HMAC; runtimes choose by the conditions in package.json. */
const settings = (hmac: 'node' | 'web'): TestProjectInlineConfiguration => ({
  resolve: {
    alias: [
      { find: '#hmac', replacement: path(`src/receiver/hmac/${hmac}.ts`) },
      // Examples and samples import the package by its name, as their readers will.
      { find: /^dixa-webhooks(\/\w+)?$/, replacement: path('src$1/index.ts') },
    ],
  },
});

// A new process for each file costs a quarter more CPU.
const shared = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000 };
const slow = 'test/**/*.slow.test.ts';

/** The folders of test/ are the depths of testing. `npm test` leaves out the project `slow`, which `npm run check` runs. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/setup.ts',
    // Most of the time goes to processes that the tests start and wait for.
    maxWorkers: '100%',
    projects: [
      { ...settings('node'), test: { ...shared, name: 'fast', include: ['test/**/*.test.ts'], exclude: [slow] } },
      { ...settings('web'), test: { ...shared, name: 'WebCrypto', include: ['test/unit/receiver/both/**/*.test.ts'] } },
      { ...settings('node'), test: { ...shared, name: 'slow', include: [slow], testTimeout: 300_000 } },
    ],
  },
});
