// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { width, wrap } from './table.ts';

const TEXT = '清算组成立之日起十日内，通知已知债权人（含《公司法》第二百三十五条）；六十日内公告。'.repeat(3);

test.each([20, 21, 33, 40])('in %i columns no line begins with a mark that ends a clause, nor ends with one that opens it', (columns) => {
  const lines = wrap(TEXT, columns).split('\n');
  expect(lines.join('')).toBe(TEXT);
  for (const line of lines) {
    expect(line).not.toMatch(/^[，。、；：！？）》”’」』]|[（《“‘「『]$/);
    expect(width(line)).toBeLessThan(columns);
  }
});
