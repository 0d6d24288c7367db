// SPDX-License-Identifier: Apache-2.0
import { archivedFields, explain } from '../decide/plan/index.ts';
import { loadPack } from '../decide/law/index.ts';
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { Decision, Disposition, Reason } from '../model/disposition.ts';
import type { CaseFacts } from '../model/case.ts';
import { START_EVENTS } from '../model/law.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { openCaseInventory } from './inventory.ts';

export interface Explained {
  readonly index: number;
  readonly dataset: string;
  /** Where a document, a message or an unreadable file lies; told to whoever asks about this one, and kept nowhere in clear. */
  readonly path: string | null;
  readonly disposition: Disposition;
  readonly until: string | null;
  readonly rules: readonly string[];
  readonly reason: Reason;
  readonly dates: Readonly<Record<string, string>>;
  readonly fieldsGone: readonly string[];
  readonly text: string;
}

interface PlannedRow extends Record<string, unknown> {
  idx: number;
  dataset: string;
  key: string;
  disposition: Disposition;
  until: string | null;
  rules: string | null;
  reason: Reason;
}

/** Why one record ends as it does. `record` is its inventory number or `dataset:key`. Throws JourneyError `unknown-record`. */
export async function explainRecord(ctx: CaseContext, record: string, lang: 'zh' | 'en'): Promise<Explained> {
  const stored = await ctx.store.dataMap();
  if (!stored || !(await ctx.store.gates()).has('planned')) throw new JourneyError('not-planned');
  // The facts as they were when the plan was made: its day, and what Legal had confirmed.
  const planned = ((await ctx.store.plan())!.body['parts'] as { facts: CaseFacts }).facts;
  const inventory = await openCaseInventory(ctx);
  try {
    const index = /^\d+$/.test(record) ? Number(record) : await findByKey(ctx, inventory, record);
    const dates = START_EVENTS.map((e) => e.replaceAll(/[.-]/g, '_'));
    const sql = `SELECT p.*, r.key AS key, ${dates.map((d) => `CAST(r.${d} AS VARCHAR) AS d_${d}`).join(', ')} FROM plan p JOIN records r USING (idx) WHERE p.idx = $1`;
    for await (const row of inventory.query<PlannedRow>(sql, [index])) {
      const rules = loadPack();
      const decision: Decision = {
        index: row.idx,
        disposition: row.disposition,
        until: row.until,
        rules: (row.rules ?? '').split(',').filter(Boolean),
        reason: row.reason,
      };
      const map = stored.map.datasets.find((d) => d.id === row.dataset)!;
      const known = Object.fromEntries(
        START_EVENTS.flatMap((e, i) => (typeof row[`d_${dates[i]}`] === 'string' ? [[e, String(row[`d_${dates[i]}`])]] : [])),
      );
      const won = rules.filter((r) => decision.rules.includes(r.id));
      const fieldsGone = decision.disposition === 'archive' ? archivedFields(map, won).gone : [];
      const path = map.key[0] === 'path' ? (decodeKey(row.key, ctx.keys.get('inventory'))[0] ?? null) : null;
      return {
        ...decision,
        dataset: row.dataset,
        path,
        dates: known,
        fieldsGone,
        text: sentences(explain(decision, planned, rules, lang), {
          dataset: row.dataset,
          path,
          index: row.idx,
          dates: known,
          fieldsGone,
          lang,
        }),
      };
    }
    throw new JourneyError('unknown-record', record);
  } finally {
    await inventory.close();
  }
}

async function findByKey(ctx: CaseContext, inventory: Inventory, record: string): Promise<number> {
  const at = record.lastIndexOf(':');
  const key = JSON.stringify(record.slice(at + 1).split(','));
  for await (const row of inventory.query<{ idx: number; key: string }>('SELECT idx, key FROM records WHERE dataset = $1', [
    record.slice(0, at),
  ])) {
    if (JSON.stringify(decodeKey(row.key, ctx.keys.get('inventory'))) === key) return row.idx;
  }
  throw new JourneyError('unknown-record', record);
}

/** The decision as text: the record, its dates, what was decided and why, which fields go. */
function sentences(
  decided: string,
  about: {
    dataset: string;
    path: string | null;
    index: number;
    dates: Readonly<Record<string, string>>;
    fieldsGone: readonly string[];
    lang: 'zh' | 'en';
  },
): string {
  const zh = about.lang === 'zh';
  const dates = Object.entries(about.dates).map(([event, day]) => `${event} ${day}`);
  return [
    zh ? `记录：${about.dataset} 第 ${about.index} 条` : `Record: ${about.dataset} no. ${about.index}`,
    ...(about.path === null ? [] : [`${zh ? '文件' : 'File'}: ${about.path}`]),
    ...(dates.length > 0 ? [`${zh ? '日期' : 'Dates'}: ${dates.join(', ')}`] : []),
    decided,
    ...(about.fieldsGone.length > 0 ? [`${zh ? '不随记录保存的字段' : 'Fields that go'}: ${about.fieldsGone.join(', ')}`] : []),
  ].join('\n');
}
