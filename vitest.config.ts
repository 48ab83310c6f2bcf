import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What `#hmac` is: the receiver's two ways to compute an HMAC. Runtimes choose by the conditions in package.json. */
const hmac = (name: 'node' | 'web') => ({
  alias: { '#hmac': resolve(import.meta.dirname, `src/receiver/hmac/${name}.ts`) },
});

/** One project a depth of testing; `npm test` runs them all, `npm run test:contract` only the contract tests. */
export default defineConfig({
  test: {
    // Most of the time goes to processes that the tests start and wait for.
    maxWorkers: '100%',
    projects: [
      { resolve: hmac('node'), test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      {
        resolve: hmac('web'),
        test: { name: 'unit on WebCrypto', include: ['test/unit/receiver/both/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: 'test/support/prism-setup.ts',
          testTimeout: 30_000,
        },
      },
      {
        resolve: {
          alias: [
            { find: '#hmac', replacement: resolve(import.meta.dirname, 'src/receiver/hmac/node.ts') },
            // The samples of the reference page name the package, as their readers will.
            { find: /^dixa-webhooks(\/receiver)?$/, replacement: resolve(import.meta.dirname, 'src$1/index.ts') },
          ],
        },
        test: {
          name: 'docs',
          include: ['test/docs/**/*.test.ts'],
          globalSetup: 'test/support/prism-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'types', include: ['test/types/**/*.test.ts'], testTimeout: 60_000 } },
      { resolve: hmac('node'), test: { name: 'redis', include: ['test/redis/**/*.test.ts'], testTimeout: 30_000 } },
      {
        resolve: hmac('node'),
        test: {
          name: 'package',
          // What runs the package as it is built.
          include: ['test/package/**/*.test.ts', 'test/examples/**/*.test.ts'],
          globalSetup: ['test/support/prism-setup.ts', 'test/package/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
