// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The crash suites take minutes and start first, so that no worker waits for them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = (file: TestSpecification) => file.moduleId.includes('/test/crash/');
    return [...sorted.filter(long), ...sorted.filter((file) => !long(file))];
  }
}

export default defineConfig({
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{proof,engine,console}/{src,test}/**/*.test.ts'],
    exclude: ['**/*.long.test.ts', '**/*.e2e.test.ts', '**/node_modules/**'],
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
