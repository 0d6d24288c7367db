// SPDX-License-Identifier: Apache-2.0
import { findPersonal } from '../find/classify/index.ts';
import { openReader } from '../find/connect/index.ts';
import { type ListCorrection, type ListSheetRead, type RefusedRow, readCorrections } from '../tell/documents/index.ts';
import { canonicalJson } from '../kit/index.ts';
import type { Officer } from '../model/case.ts';
import type { DataMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import { addHold } from './case-facts.ts';
import { type Move, whatIf } from './compare-plans.ts';
import type { CaseContext } from './context.ts';
import { disposalGroups } from './disposal-groups.ts';
import { planFacts } from './document-facts.ts';
import { JourneyError } from './error.ts';
import { saveDataMap } from './find.ts';
import { gatesFrom } from './gates.ts';

/*
 * A row of the disposal list that somebody corrected is a proposal: proposed → accepted or refused, by Legal. Reading it changes no decision; while
 * one is open nothing is executed. Accepted it becomes a hold or a correction of the data map; then the plan is void, and what becomes of the
 * records is decided by the same rules as always, in a new plan with new signatures. So no list can end what a statute keeps.
 */

export interface Correction {
  readonly number: number;
  readonly state: 'proposed' | 'accepted' | 'refused';
  /** Code of the row, and the dataset it speaks of: hold, role and record class belong to the whole dataset. */
  readonly code: string;
  readonly dataset: string;
  readonly asks: ListCorrection['asks'];
  readonly because: string;
  readonly by: string;
  readonly at: string;
  readonly settledBy: string | null;
}

/** Records that would end otherwise if the correction were accepted; `harsher`: those of them that would be destroyed, or sooner. Null: the plan has moved on. */
export type Effect = { readonly moved: number; readonly harsher: number } | null;

const LARGEST = 50_000;

/**
 * Reads a corrected disposal list (xlsx). Good rows become proposals, bad ones come back with row and reason; rows proposed before are not proposed
 * twice. Throws JourneyError `unknown-officer`, `already-executed`, `list-unreadable`, `list-of-another-plan`.
 */
export async function readDisposalList(
  ctx: CaseContext,
  file: string,
  by: string,
): Promise<{ readonly taken: readonly Correction[]; readonly refused: readonly RefusedRow[]; readonly untouched: number }> {
  const officer = await officerBy(ctx, by);
  await notExecuted(ctx);
  const facts = await planFacts(ctx);
  const doc = { ...facts, groups: (await disposalGroups(ctx, facts)).groups };
  // A long number may be anybody's, whether or not its check digit is right.
  const personal = (text: string) => /\d{7}|[@＠]/.test(text.normalize('NFKC')) || findPersonal(text).personal;
  let read: ReturnType<typeof readCorrections> = null;
  for await (const sheet of sheetsOf(file)) read ??= readCorrections(sheet, doc, personal);
  if (read === null) throw new JourneyError('list-of-another-plan', doc.plan.digest.slice(0, 16));
  const known = await corrections(ctx);
  const isKnown = (c: ListCorrection) =>
    known.some((k) => k.state === 'proposed' && k.dataset === c.group.dataset && canonicalJson(k.asks) === canonicalJson(c.asks));
  const at = ctx.clock.now().toISOString();
  const taken = read.corrections
    .filter((c) => !isKnown(c))
    .map((c, i): Correction => {
      const { code, asks, because, group } = c;
      return {
        number: known.length + i + 1,
        state: 'proposed',
        code,
        dataset: group.dataset,
        asks,
        because,
        by: officer.label,
        at,
        settledBy: null,
      };
    });
  await keep(ctx, [...known, ...taken]);
  return { taken, refused: read.refused, untouched: read.untouched };
}

/** Every correction of the case, in the order they came. */
export async function corrections(ctx: CaseContext): Promise<readonly Correction[]> {
  return (await ctx.store.report<{ list: Correction[] }>('corrections'))?.list ?? [];
}

/** What accepting a correction would move, by the plan's own rules and facts; nothing is changed. */
export async function effectOf(ctx: CaseContext, c: Correction): Promise<Effect> {
  if (!(await ctx.store.gates()).has('planned')) return null;
  const { facts } = await ctx.store.record();
  const moves = await whatIf(
    ctx,
    c.asks.kind === 'hold' ? { facts: { holds: [...(facts.holds ?? []), holdOf(c, 'legal')] } } : { map: await correctedMap(ctx, c) },
  );
  const sum = (of: readonly Move[]) => of.reduce((n, m) => n + m.records, 0);
  return { moved: sum(moves), harsher: sum(moves.filter(isHarsher)) };
}

/**
 * Legal accepts or refuses a proposal. Who proposed it may not. Throws JourneyError `unknown-correction`, `unknown-officer` when it is not Legal,
 * `own-correction`, `already-executed`.
 */
export async function settleCorrection(
  ctx: CaseContext,
  number: number,
  verdict: { readonly accept: boolean; readonly by: string },
): Promise<Correction> {
  const officer = await officerBy(ctx, verdict.by);
  if (officer.department !== 'legal') throw new JourneyError('unknown-officer', verdict.by);
  const list = await corrections(ctx);
  const found = list.find((c) => c.number === number && c.state === 'proposed');
  if (!found) throw new JourneyError('unknown-correction', String(number));
  if (found.by === officer.label) throw new JourneyError('own-correction', String(number));
  await notExecuted(ctx);
  if (verdict.accept) await apply(ctx, found, officer);
  const settled: Correction = { ...found, state: verdict.accept ? 'accepted' : 'refused', settledBy: officer.label };
  await keep(
    ctx,
    list.map((c) => (c.number === number ? settled : c)),
  );
  return settled;
}

/** Run again after a crash it does the same once more: a hold has its name, and the map is the same map. */
async function apply(ctx: CaseContext, c: Correction, officer: Officer): Promise<void> {
  if (c.asks.kind === 'hold') return addHold(ctx, holdOf(c, officer.label));
  await saveDataMap(ctx, await correctedMap(ctx, c), officer.label);
  await ctx.store.voidPlan('corrected');
  await ctx.store.clearGates(gatesFrom('planned'));
}

const holdOf = (c: Correction, approvedBy: string) => ({
  matter: `list-${c.number}`,
  kind: 'other' as const,
  approvedBy,
  until: null,
  dataset: c.dataset,
});

async function correctedMap(ctx: CaseContext, { dataset, asks }: Correction): Promise<DataMap> {
  const map = (await ctx.store.dataMap())?.map;
  if (!map?.datasets.some((d) => d.id === dataset)) throw new JourneyError('no-data-map', dataset);
  const property = asks.kind === 'role' ? 'role' : 'recordClass';
  return {
    ...map,
    datasets: map.datasets.map((d) =>
      d.id === dataset && asks.kind !== 'hold'
        ? { ...d, [property]: asks.to, corrected: [...new Set([...(d.corrected ?? []), property])] }
        : d,
    ),
  };
}

/** How much of a record is left, the least first; an archive that ends sooner leaves less. */
function isHarsher(m: Move): boolean {
  const rank = (d: string) => ['delete', 'anonymise', 'archive'].indexOf(d) + 1 || 4;
  if (rank(m.to) !== rank(m.from)) return rank(m.to) < rank(m.from);
  return m.to === 'archive' && (m.toUntil ?? '9999') < (m.fromUntil ?? '9999');
}

/** Sheets of a workbook, by the reader of sources: it knows damaged and hostile files. A formula would say something else tomorrow. */
async function* sheetsOf(file: string): AsyncGenerator<ListSheetRead> {
  const reader = await openReader({ name: 'list', kind: 'files', locator: file, credentials: {} }, null);
  try {
    for (const dataset of await reader.datasets()) {
      const shape = await reader.shape(dataset);
      const formula = shape.hazards.find((h) => h.kind === 'formula');
      if (formula) throw new JourneyError('list-unreadable', `formula: ${formula.detail}`);
      if (shape.layout === undefined && !dataset.includes('#')) throw new JourneyError('list-unreadable', dataset);
      if (shape.rows > LARGEST) throw new JourneyError('list-unreadable', `${shape.rows} > ${LARGEST}`);
      const rows: { row: number; cells: readonly (string | null)[] }[] = [];
      const head = shape.layout?.headerRow ?? 1;
      for await (const batch of reader.scan(dataset, 1_000))
        for (const { key, row } of batch)
          rows.push({ row: head + Number(key[0]), cells: row.map((cell) => (cell === null ? null : String(cell))) });
      yield { columns: shape.columns.map((c) => c.name), rows };
    }
  } finally {
    await reader.close();
  }
}

async function keep(ctx: CaseContext, list: readonly Correction[]): Promise<void> {
  await ctx.store.saveReport('corrections', { list }, []);
  const open = list.filter((c) => c.state === 'proposed');
  await ctx.store.replaceOpenItems(
    'corrections',
    open.map((c): OpenItem => ({
      kind: 'correction-proposed',
      owner: 'legal',
      source: c.dataset.slice(0, c.dataset.indexOf('/')),
      dataset: c.dataset.slice(c.dataset.indexOf('/') + 1),
      field: null,
      count: 1,
      examples: [],
      detail: `#${c.number} ${c.asks.kind}${'to' in c.asks ? ` ${c.asks.to}` : ''}`,
    })),
  );
}

async function notExecuted(ctx: CaseContext): Promise<void> {
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
}

async function officerBy(ctx: CaseContext, label: string): Promise<Officer> {
  const officer = (await ctx.store.officers()).find((o) => o.label === label);
  if (!officer) throw new JourneyError('unknown-officer', label);
  return officer;
}
