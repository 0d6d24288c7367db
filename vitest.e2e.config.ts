// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

/* Journeys by command, one process a command, and what needs a server that npm does not bring: minutes, so not part of `npm test`. */
export default defineConfig({
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{proof,engine,console}/{src,test}/**/*.e2e.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
