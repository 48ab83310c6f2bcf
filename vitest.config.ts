import { defineConfig } from 'vitest/config';

/** One project a depth of testing; `npm test` runs them all, `npm run test:contract` only the second. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: 'test/support/prism-setup.ts',
        },
      },
      { test: { name: 'types', include: ['test/types/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/support/prism-setup.ts', 'test/package/setup.ts'],
          testTimeout: 120_000,
        },
      },
    ],
  },
});
