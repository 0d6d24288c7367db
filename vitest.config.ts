// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{proof,engine,console}/{src,test}/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', '**/*.e2e.test.ts', '**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
