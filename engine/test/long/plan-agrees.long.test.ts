// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { ENDS, agree, openDb } from '../decide/agree.ts';

test('on 150,000 random records the compiled SQL says what the evaluator says', async () => {
  const db = await openDb();
  try {
    const met = await agree(db, 100, 1_500);
    expect([...met.values()].reduce((a, b) => a + b, 0)).toBe(150_000);
    expect([...met.keys()].toSorted()).toEqual(ENDS);
  } finally {
    db.closeSync();
  }
}, 900_000);
