// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test } from 'vitest';
import type { Discovered } from '../../src/find/discover/index.ts';
import { shortLabels } from './support/labels.ts';
import { OUR_SCHEMAS, mapOf, ourSchemas, schemaText } from './support/map-schemas.ts';
import { MYSQL_SETS, discoverMysqlSets, discoverNorthwind, realLabels, whyNoMysqlSets, whyNoNorthwind } from './support/real-databases.ts';
import { type Score, scoreMap } from './support/score-map.ts';

/** What a schema never seen must reach: a record that is not found is never disposed of. */
function expectGood(score: Score): void {
  expect(score.columnRecall, score.missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  expect(score.columnPrecision, score.wrong.join('\n')).toBeGreaterThanOrEqual(0.93);
  expect(score.sensitiveMissed).toEqual([]);
  expect(score.sensitivePrecision).toBeGreaterThanOrEqual(0.9);
  expect(score.negativeHits.length, score.negativeHits.join()).toBeLessThanOrEqual(1);
  expect(score.tableF1, `${score.missedTables.join()} / ${score.falseTables.join()}`).toBeGreaterThanOrEqual(0.95);
  expect(score.wrongLinks.length, score.wrongLinks.join('\n')).toBeLessThanOrEqual(1);
}

describe('data maps of schemas of our own, against their labels', () => {
  let found: ReadonlyMap<string, readonly Discovered[]>;
  beforeAll(async () => {
    found = await ourSchemas();
  }, 120_000);

  test.each(Object.keys(OUR_SCHEMAS))('%s', (name) => {
    expectGood(scoreMap(mapOf(found.get(name)!).score, shortLabels(schemaText(`${name}.labels.json`))));
  });
});

const noMysql = whyNoMysqlSets();
describe.skipIf(noMysql !== null)(`data maps of real MySQL applications${noMysql ? ` (skipped: ${noMysql})` : ''}`, () => {
  let found: ReadonlyMap<string, Discovered>;
  beforeAll(async () => {
    found = await discoverMysqlSets();
  }, 120_000);

  test.each(MYSQL_SETS)('%s', (name) => {
    const score = scoreMap(mapOf([found.get(name)!]).score, realLabels(name));
    expectGood(score);
    if (name === 'ruoyi') expect(score.falseTables).toEqual([]);
  });
});

const noNorthwind = whyNoNorthwind();
test.skipIf(noNorthwind !== null)(
  `data map of northwind${noNorthwind ? ` (skipped: ${noNorthwind})` : ''}`,
  async () => {
    expectGood(scoreMap(mapOf([await discoverNorthwind()]).score, realLabels('northwind')));
  },
  60_000,
);
