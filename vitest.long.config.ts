// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{proof,engine,console}/{src,test}/**/*.long.test.ts'],
    pool: 'forks',
    testTimeout: 7_200_000,
    hookTimeout: 600_000,
  },
});
