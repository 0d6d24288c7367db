// SPDX-License-Identifier: Apache-2.0
import type { RecordClass } from '../../model/law.ts';
import { datasetName } from './format.ts';
import { CORRECTION_COLUMNS, type ListRole, choices, rowCode } from './list-columns.ts';
import type { DecisionGroup, PlanDocument } from './ports.ts';
import { inert } from './workbook.ts';
import { wordsOf } from './words.ts';
import type { Words } from './words-zh.ts';

/** The summary sheet as it came back: its column titles, and its rows with their number in the sheet (1-based) and one text a column. */
export interface ListSheetRead {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly (string | null)[] }[];
}

/** What one row asks for. `group` is the row as we wrote it; `because` the person's reason. */
export interface ListCorrection {
  readonly row: number;
  readonly code: string;
  readonly group: DecisionGroup;
  readonly asks:
    | { readonly kind: 'hold' }
    | { readonly kind: 'role'; readonly to: ListRole }
    | { readonly kind: 'record-class'; readonly to: RecordClass };
  readonly because: string;
}

export const ROW_REFUSALS = [
  /** No row of the present plan has this code: it was changed, added, or belongs to another plan. */
  'unknown-row',
  /** The code stands in two rows. */
  'row-twice',
  /** A cell that is ours was changed; `detail` is its column. */
  'cell-changed',
  /** Not one of the words of the choices sheet; `detail` is the column. */
  'unknown-word',
  'reason-missing',
  /** Longer than 500 signs. */
  'reason-too-long',
  /** The reason names somebody. */
  'reason-personal',
  /** A rule keeps these records; no list ends that. `detail`: rule ids and last day. */
  'floor',
  /** Only a hold can be asked for; anything else follows from data map, facts and rules. */
  'not-by-list',
  /** The records are not destroyed by this plan: there is nothing to hold. */
  'already-kept',
  'nothing-changed',
  /** Rows of one dataset ask for different things. */
  'contradiction',
] as const;
export type RowRefusal = (typeof ROW_REFUSALS)[number];

/** A row that was not taken, by its number in the sheet; never what somebody wrote in it. */
export interface RefusedRow {
  readonly row: number;
  readonly refusal: RowRefusal;
  readonly detail: string;
}

export interface CorrectionsRead {
  readonly corrections: readonly ListCorrection[];
  readonly refused: readonly RefusedRow[];
  /** Rows in which nobody filled in anything. */
  readonly untouched: number;
}

/**
 * Reads a disposal list that came back. Each row stands or falls by itself: a bad one is refused with its number and reason, the good ones are
 * returned. Rows are known by their code, so sorting and deleting rows does no harm. Null: this is no summary sheet of ours, in either language,
 * or every row is of another plan. `personal` tells whether a text names somebody.
 */
export function readCorrections(
  sheet: ListSheetRead,
  doc: Pick<PlanDocument, 'plan' | 'groups' | 'datasets'>,
  personal: (text: string) => boolean,
): CorrectionsRead | null {
  const words = [wordsOf('zh'), wordsOf('en')].find(
    (w) => sheet.columns.includes(w.columns.rowCode) && sheet.columns.includes(w.columns.because),
  );
  if (words === undefined) return null;
  const groups = new Map(doc.groups.map((g) => [rowCode(doc.plan.digest, g), g]));
  const at = (column: keyof Words['columns']) => sheet.columns.indexOf(words.columns[column]);
  const cell = (cells: readonly (string | null)[], column: keyof Words['columns']) => (cells[at(column)] ?? '').trim();
  if (!sheet.rows.some(({ cells }) => groups.has(cell(cells, 'rowCode')))) return null;
  const corrections: ListCorrection[] = [];
  const refused: RefusedRow[] = [];
  const seen = new Set<string>();
  let untouched = 0;
  for (const { row, cells } of sheet.rows) {
    if (CORRECTION_COLUMNS.every((c) => cell(cells, c) === '')) {
      untouched += 1;
      continue;
    }
    const refuse = (refusal: RowRefusal, detail = '') => refused.push({ row, refusal, detail });
    const code = cell(cells, 'rowCode');
    const group = groups.get(code);
    if (group === undefined) refuse('unknown-row');
    else if (seen.has(code)) refuse('row-twice');
    else {
      seen.add(code);
      const changed = changedCell(group, doc, words, (c) => cell(cells, c));
      const asked = changed === null ? askedOf(group, doc, words, (c) => cell(cells, c)) : [];
      const wrong = changed ?? asked.find((a) => 'refusal' in a) ?? reasonTrouble(cell(cells, 'because'), personal);
      if (wrong !== null) refuse(wrong.refusal, wrong.detail);
      else for (const a of asked) if ('kind' in a) corrections.push({ row, code, group, asks: a, because: cell(cells, 'because') });
    }
  }
  const { kept, torn } = withoutContradictions(corrections);
  return { corrections: kept, refused: [...refused, ...torn].toSorted((a, b) => a.row - b.row), untouched };
}

type Trouble = { readonly refusal: RowRefusal; readonly detail: string };
type Cells = (column: keyof Words['columns']) => string;

/** The first of our own cells that does not say what we wrote. */
function changedCell(g: DecisionGroup, doc: Pick<PlanDocument, 'datasets'>, words: Words, cell: Cells): Trouble | null {
  const about = doc.datasets.find((d) => d.dataset === g.dataset);
  const ours = {
    dataset: inert(datasetName(g.dataset)),
    role: about ? words.roles[about.role] : '',
    recordClass: about ? words.recordClasses[about.recordClass] : '',
    disposition: words.dispositions[g.disposition],
    until: g.until ?? '',
    rules: g.rules.join(' '),
    records: String(g.records),
  } as const;
  const changed = (Object.keys(ours) as (keyof typeof ours)[]).find((c) => cell(c).replaceAll(',', '') !== ours[c].replaceAll(',', ''));
  return changed === undefined ? null : { refusal: 'cell-changed', detail: words.columns[changed] };
}

/** What the row asks for, or why that cannot be asked for here. */
function askedOf(g: DecisionGroup, doc: Pick<PlanDocument, 'datasets'>, words: Words, cell: Cells): (ListCorrection['asks'] | Trouble)[] {
  const allowed = choices(words);
  const about = doc.datasets.find((d) => d.dataset === g.dataset);
  const asked: (ListCorrection['asks'] | Trouble)[] = [];
  const disposition = cell('toDisposition');
  if (disposition !== '') asked.push(askedEnd(g, disposition, words));
  const role = cell('toRole');
  const to = allowed.toRole.get(role) as ListRole | undefined;
  if (role !== '' && to === undefined) asked.push({ refusal: 'unknown-word', detail: words.columns.toRole });
  else if (to !== undefined && to !== about?.role) asked.push({ kind: 'role', to });
  const recordClass = cell('toClass');
  const cls = allowed.toClass.get(recordClass) as RecordClass | undefined;
  if (recordClass !== '' && cls === undefined) asked.push({ refusal: 'unknown-word', detail: words.columns.toClass });
  else if (cls !== undefined && cls !== about?.recordClass) asked.push({ kind: 'record-class', to: cls });
  return asked.length === 0 ? [{ refusal: 'nothing-changed', detail: '' }] : asked;
}

/** Only a hold: it destroys nothing. Whatever else is asked of kept records would weaken what keeps them. */
function askedEnd(g: DecisionGroup, word: string, words: Words): ListCorrection['asks'] | Trouble {
  const end = Object.entries(words.dispositions).find(([, w]) => w === word)?.[0];
  if (end === undefined) return { refusal: 'unknown-word', detail: words.columns.toDisposition };
  if (end === g.disposition) return { refusal: 'nothing-changed', detail: '' };
  const kept = g.disposition === 'archive';
  if (end !== 'hold')
    return kept
      ? { refusal: 'floor', detail: [g.rules.join(' '), g.until ?? ''].join(' ').trim() }
      : { refusal: 'not-by-list', detail: '' };
  return kept || g.disposition === 'delete' || g.disposition === 'anonymise' ? { kind: 'hold' } : { refusal: 'already-kept', detail: '' };
}

function reasonTrouble(reason: string, personal: (text: string) => boolean): Trouble | null {
  if (reason === '') return { refusal: 'reason-missing', detail: '' };
  if (reason.length > 500) return { refusal: 'reason-too-long', detail: '' };
  return personal(reason) ? { refusal: 'reason-personal', detail: '' } : null;
}

/** A dataset has one role and one class: rows that ask for different ones are all refused, the same asked twice counts once. */
function withoutContradictions(all: readonly ListCorrection[]): { kept: ListCorrection[]; torn: RefusedRow[] } {
  const torn = new Map<number, RefusedRow>();
  const of = (c: ListCorrection) => all.filter((o) => o.group.dataset === c.group.dataset && o.asks.kind === c.asks.kind);
  const to = (c: ListCorrection) => ('to' in c.asks ? c.asks.to : '');
  for (const c of all)
    if (of(c).some((o) => to(o) !== to(c))) torn.set(c.row, { row: c.row, refusal: 'contradiction', detail: datasetName(c.group.dataset) });
  const kept = all.filter((c) => !torn.has(c.row) && of(c).find((o) => !torn.has(o.row)) === c);
  return { kept, torn: [...torn.values()] };
}
