// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { en } from '../../src/cli/text/en.ts';
import { zh } from '../../src/cli/text/zh.ts';
import { JOURNEY_ERROR_CODES } from '../../src/journey/error.ts';
import { ANSWER_KINDS } from '../../src/model/notice.ts';
import { OPEN_ITEM_KINDS } from '../../src/model/open-item.ts';
import { NOTIFY_ERROR_CODES } from '../../src/tell/notify/index.ts';

describe.each([
  ['Chinese', zh],
  ['English', en],
])('in %s there are words', (_, text) => {
  test('for every error of telling, with a remedy', () => {
    const codes = [...NOTIFY_ERROR_CODES.map((c) => `NotifyError.${c}`), ...JOURNEY_ERROR_CODES.map((c) => `JourneyError.${c}`)];
    expect(codes.filter((code) => text.errors[code]?.length !== 2)).toEqual([]);
  });

  test('for every open item and every kind of answer', () => {
    expect(OPEN_ITEM_KINDS.filter((kind) => !text.openKinds[kind])).toEqual([]);
    expect(ANSWER_KINDS.filter((kind) => !text.answerKinds[kind])).toEqual([]);
  });

  test('for the counts of those told, each of them', () => {
    for (const count of ['told', 'answered', 'rejected', 'bounced', 'unknown', 'unsent']) expect(text.told).toContain(`{${count}}`);
  });
});
