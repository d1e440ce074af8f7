import { defineConfig } from 'vitest/config'

/** Unit and room tests. Each room test file gets a database of its own on one embedded server started once. */
export default defineConfig({
  test: {
    include: [
      'server/**/*.test.ts',
      'demo/**/*.test.ts',
      'scripts/**/*.test.ts',
      'deploy/**/*.test.ts',
      'web/**/*.test.ts',
    ],
    globalSetup: ['server/src/ground/testing/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
  },
})
