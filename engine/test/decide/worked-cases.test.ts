// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CAUSE_ZH, CLASS_ZH, CONDITION_ZH, EVENT_ZH, SECTOR_ZH } from '../../src/model/terms.ts';
import { applicable, loadPack } from '../../src/decide/law/index.ts';
import { type WorkedCase, judgeCase, readWorkedCase } from '../../src/journey/index.ts';
import { oneBySql, openDb } from './agree.ts';

const ROUTES = {
  清算: 'liquidation',
  简易: 'simplified',
  强制: 'forced',
  破产: 'bankruptcy',
  合并分立: 'successor',
  歇业: 'suspension',
  合同终止: 'contract-end-only',
};
const ENDS = {
  删除: 'delete',
  匿名化: 'anonymise',
  归档: 'archive',
  转移: 'transfer',
  移交: 'handOver',
  保全: 'hold',
  除外: 'exclude',
  缺口: 'gap',
};

/** The code behind a Chinese word; a word that nobody knows fails the case. */
function code(words: Readonly<Record<string, string>>, zh: string): string {
  const found = Object.entries(words).find(([, word]) => word === zh)?.[0] ?? (words[zh] as string | undefined);
  if (found === undefined) throw new Error(`不认识：${zh}`);
  return found;
}
const swap = (words: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(words).map(([zh, en]) => [en, zh]));

type Told = Record<string, string>;

function readRow(cells: readonly string[]): { title: string; section: WorkedCase; kept: string[] | undefined; expected: object } {
  const [title, sector, route, recordClass, dates, facts, contract, end, until, rules] = cells as [string, ...string[]] & string[];
  const tokens = facts!.split('；').filter(Boolean);
  const told: Told = Object.fromEntries(
    tokens.filter((t) => t.includes(':')).map((t) => [t.slice(0, t.indexOf(':')), t.slice(t.indexOf(':') + 1)]),
  );
  const said = tokens.filter((t) => !t.includes(':'));
  const conditions = said.filter((t) => t !== '匿名化').map((t) => code(CONDITION_ZH, t));
  const words = (key: string) => told[key]?.split(' ') ?? [];
  const cause = contract === '无关联' ? null : code(CAUSE_ZH, contract!);
  const ended = cause === 'conflict' ? null : !['running', 'unsettled', 'assumed-by-successor'].includes(cause ?? '');
  const [hold, ...about] = words('保全');
  const holdUntil = about.find((a) => a.startsWith('至'))?.slice(1) ?? null;
  const only = about.find((a) => a.startsWith('仅'))?.slice(1);
  const [notice, purpose, consent] = words('承接');
  const section: WorkedCase = {
    id: title,
    case: {
      sectors: sector!.split('、').map((s) => code(SECTOR_ZH, s)),
      route: code(swap(ROUTES), route!),
      today: told['今日'] ?? '2026-11-23',
      dissolution: told['解散'] ?? '2026-08-31',
      region: told['地区'] ?? null,
      userCount: told['用户'] ? Number(told['用户']) : null,
      conditions,
      reported: words('已报告'),
    },
    record: {
      class: code(CLASS_ZH, recordClass!),
      fields: words('字段'),
      dates: Object.fromEntries(
        dates!
          .split('；')
          .filter(Boolean)
          .map((d) => [code(EVENT_ZH, d.split(' ')[0]!), d.split(' ')[1]!]),
      ),
      anonymise: said.includes('匿名化'),
    },
    subject: { kind: told['主体'] ?? 'person', age: told['年龄'] ? Number(told['年龄']) : null },
    standing: cause === null ? null : { ended, cause, owed: told['欠'] ? [told['欠']] : [] },
    holds: hold
      ? [
          {
            kind: hold,
            approved: !about.includes('未批准'),
            scope: about.includes('无对象') ? '' : only ? `all ${only}s` : 'this record',
            until: holdUntil,
          },
        ]
      : [],
    requests: words('请求'),
    successor: notice
      ? {
          name: '承接公司',
          contact: '400-000-0000',
          samePurpose: purpose === '目的不变',
          noticeSentOn: notice === '未告知' ? null : notice,
          separateConsent: consent === '同意',
        }
      : told['指示']
        ? { instruction: told['指示'] as 'return' | 'delete' }
        : null,
    confirmed: words('确认'),
    refused: words('否定'),
  };
  return {
    title,
    section,
    kept: told['留']?.split(' '),
    expected: {
      disposition: code(swap(ENDS), end!),
      until: until === '' || until === '永久' ? null : until,
      rules: rules!.split(' ').filter(Boolean),
    },
  };
}

const rows = readFileSync(new URL('worked-cases.md', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| 案情'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter((cells) => !cells[0]!.startsWith('-'))
  .map(readRow);

describe('示例案件', () => {
  test('不少于八十件，标题各不相同', () => {
    expect(rows.length).toBeGreaterThanOrEqual(80);
    expect(new Set(rows.map((r) => r.title)).size).toBe(rows.length);
  });

  test('编译后的 SQL 与逐条裁决一致', async () => {
    const db = await openDb();
    try {
      for (const { title, section, expected } of rows) {
        const { disposition, until, rules } = (await oneBySql(db, readWorkedCase(section, loadPack(), applicable))) as Record<
          string,
          string
        >;
        expect({ disposition, until, rules: rules!.split(',').filter(Boolean) }, title).toEqual(expected);
      }
    } finally {
      db.closeSync();
    }
  });

  test.each(rows.map((r) => [r.title, r] as const))('%s', (_, { section, expected, kept }) => {
    const { disposition, until, rules, fieldsKept, explanation } = judgeCase(section, 'zh');
    expect({ disposition, until, rules }).toEqual(expected);
    if (kept) expect(fieldsKept).toEqual(kept);
    expect(explanation).not.toContain('undefined');
  });
});
