// SPDX-License-Identifier: Apache-2.0
import { standingHolds } from '../decide/approve/index.ts';
import { applicable } from '../decide/law/index.ts';
import { type EvaluateInput, archivedFields, evaluate, opinion } from '../decide/plan/index.ts';
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { DataMap, DatasetRole } from '../model/data-map.ts';
import type { Disposition, Reason } from '../model/disposition.ts';
import { type Rule, START_EVENTS } from '../model/law.ts';
import type { EndCause, Standing } from '../model/standing.ts';
import { caseRules } from './case-rules.ts';
import { holdsOnRecord } from './compile-case.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';
import { recordNumber } from './find-record.ts';
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
  role: DatasetRole;
  pi: boolean;
  minor: boolean | null;
}

/** What an explanation rests on besides the inventory. */
export interface PlanMade {
  readonly map: DataMap;
  /** The facts as they were when the plan was made: its day, and what Legal had confirmed. */
  readonly facts: CaseFacts;
  readonly rules: readonly Rule[];
  /** Opens the keys of records. */
  readonly inventoryKey: Uint8Array;
}

/** Why one record ends as it does. `record` is its inventory number or `dataset:key`. Throws JourneyError `unknown-record`. */
export async function explainRecord(ctx: CaseContext, record: string, lang: 'zh' | 'en'): Promise<Explained> {
  const stored = await ctx.store.dataMap();
  if (!stored || !(await ctx.store.gates()).has('planned')) throw new JourneyError('not-planned');
  const { facts } = (await ctx.store.plan())!.body['parts'] as { facts: CaseFacts };
  const made = { map: stored.map, facts, rules: caseRules(ctx), inventoryKey: ctx.keys.get('inventory') };
  const inventory = await openCaseInventory(ctx, 1);
  try {
    const index = await recordNumber(ctx, inventory, record);
    const explained = await explainOne(inventory, made, index, lang);
    if (explained === null) throw new JourneyError('unknown-record', record);
    return explained;
  } finally {
    await inventory.close();
  }
}

const COLUMNS = START_EVENTS.map((e) => e.replaceAll(/[.-]/g, '_'));
/** The number is asked of both: each file then opens only the part that holds the record. */
const ONE = `SELECT p.*, r.key AS key, r.role, r.pi, r.minor, ${COLUMNS.map((d) => `CAST(r.${d} AS VARCHAR) AS d_${d}`).join(', ')}
  FROM plan p JOIN records r ON r.idx = p.idx WHERE p.idx = $1 AND r.idx = $1`;

/** Why the record of an inventory number ends as it does; null when no record has the number. */
export async function explainOne(inventory: Inventory, made: PlanMade, index: number, lang: 'zh' | 'en'): Promise<Explained | null> {
  const { map: dataMap, facts, rules } = made;
  for await (const row of inventory.query<PlannedRow>(ONE, [index])) {
    const map = dataMap.datasets.find((d) => d.id === row.dataset)!;
    const dates = Object.fromEntries(
      START_EVENTS.flatMap((e, i) => (typeof row[`d_${COLUMNS[i]}`] === 'string' ? [[e, String(row[`d_${COLUMNS[i]}`])]] : [])),
    );
    const input: EvaluateInput = {
      facts,
      rules,
      applicable,
      successor: facts.successor ?? null,
      standing: await standingOf(inventory, row.idx),
      holds: await holdsOf(inventory, facts, row.idx),
      record: {
        index: row.idx,
        class: map.recordClass,
        role: row.role,
        pi: row.pi,
        dates,
        minor: row.minor,
        anonymise: map.anonymiseTo !== null,
        fields: [],
      },
    };
    const cited = (row.rules ?? '').split(',').filter(Boolean);
    const { disposition, until, reason } = row;
    const planned = { ...evaluate(input), disposition, until, rules: cited, reason };
    const won = rules.filter((r) => cited.includes(r.id));
    const fieldsGone = disposition === 'archive' ? archivedFields(map, won).gone : [];
    const path = map.key[0] === 'path' ? (decodeKey(row.key, made.inventoryKey)[0] ?? null) : null;
    const title = lang === 'zh' ? `记录：${row.dataset} 第 ${row.idx} 条` : `Record: ${row.dataset} no. ${row.idx}`;
    const file = path === null ? [] : [`${lang === 'zh' ? '文件：' : 'File: '}${path}`];
    const text = [title, ...file, ...opinion(input, planned, fieldsGone, lang)].join('\n');
    return { index: row.idx, dataset: row.dataset, path, disposition, until, rules: cited, reason, dates, fieldsGone, text };
  }
  return null;
}

/** The standing that counted: of several subjects of one record, the one that stands most in the way. */
async function standingOf(inventory: Inventory, index: number): Promise<Standing | null> {
  const sql = `SELECT t.ended, t.cause, CAST(t.ended_on AS VARCHAR) AS ended_on, t.owed, t.conflicts FROM subjects s JOIN standing t ON t.subject = s.subject
    WHERE s.idx = $1 ORDER BY t.cause = 'assumed-by-successor' DESC, t.owed <> '[]' DESC, t.conflicts <> '[]' DESC, t.ended IS NULL DESC, t.ended`;
  for await (const t of inventory.query<{
    ended: boolean | null;
    cause: EndCause;
    ended_on: string | null;
    owed: string;
    conflicts: string;
  }>(sql, [index]))
    return {
      ended: t.ended,
      cause: t.cause,
      endedOn: t.ended_on,
      owed: JSON.parse(t.owed) as string[],
      conflicts: JSON.parse(t.conflicts) as Standing['conflicts'],
    };
  return null;
}

async function holdsOf(inventory: Inventory, facts: CaseFacts, index: number): Promise<EvaluateInput['holds']> {
  const holds = standingHolds(facts.holds);
  const out: EvaluateInput['holds'][number][] = [];
  if (holds.length === 0) return out;
  for await (const h of inventory.query<EvaluateInput['holds'][number]>(holdsOnRecord(holds), [index])) out.push(h);
  return out;
}
