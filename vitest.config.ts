import { defineConfig } from 'vitest/config';

// On a busy machine one try of a test with real processes may fail for the machine's sake. The second try
// is named in the report (UNSTEADY), never silent.
const retry = process.env.CI ? 1 : 0;
const setupFiles = ['tests/support/known-cases.ts'];
const ignored = ['**/node_modules/**', '**/.next/**', '**/.data/**'];

export default defineConfig({
  test: {
    // Two cores: more workers only make the speech and database tests wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{apps,packages,scripts,tests,database,bench}/**/*.test.{ts,tsx}'],
          exclude: [...ignored, '**/*.int.test.ts', 'tests/e2e/**'],
          setupFiles,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{apps,packages,scripts,tests,database}/**/*.int.test.ts'],
          exclude: [...ignored, 'tests/e2e/**'],
          globalSetup: ['packages/service-kit/src/database/test-server.ts'],
          setupFiles,
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/support/build-frontend.ts'],
          exclude: ignored,
          fileParallelism: false,
          retry,
          testTimeout: 240_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
