// SPDX-License-Identifier: Apache-2.0
import { bareName, namesSomebodyElse, plainName, wordsOf } from '../../kit/index.ts';
import type { Link } from '../../model/data-map.ts';
import type { LinkIndex, LinkTable } from './link-table.ts';

/** What ends the name of a column that points somewhere; the pinyin ones: 编号, 代码, 主键. */
const POINTS = /^(.+?)_?(ids?|uids?|no|nos|codes?|cds?|key|pk|guid|bh|dm|zj|id_?list|ids?_?str)$/;
/** Different words for one thing: who uses the system, who is served. */
const ALIKE: readonly (readonly string[])[] = [
  'user member customer client account consumer buyer purchaser borrower lender investor applicant holder insured payer sender recipient receiver subscriber participant player kh hy yh vip uid'.split(
    ' ',
  ),
  'staff employee admin worker operator cashier yg user'.split(' '),
  'patient sick hz'.split(' '),
  'student pupil trainee learner xs xy'.split(' '),
  'teacher coach lecturer instructor tutor js jl'.split(' '),
  'product good commodity sp'.split(' '),
  'order trade dd'.split(' '),
  'shop store merchant md'.split(' '),
  'order o'.split(' '),
  'head header'.split(' '),
];
/** Of those who log in, `user_id` means the served before the serving. */
const SERVING = new Set(ALIKE[1]);
const SURE = 0.9;

interface Candidate {
  readonly table: LinkTable;
  readonly column: string;
  readonly score: number;
}

/** The link that a column's name tells of, checked against values where both sides have some; null = the name points nowhere. */
export function nameLink(child: LinkTable, column: string, index: LinkIndex): Link | null {
  const name = plainName(column);
  const initials = isInitials(child, column, index);
  const m = POINTS.exec(name) ?? (PLAIN_KEYS.test(name) && !initials ? null : [name, name, '']);
  const words = m ? wordsOf(m[1]!) : [];
  // `f_patient_id`: the letter that older programmes put before every column.
  const stem = words.length > 1 && words[0]!.length === 1 ? words.slice(1) : words;
  if (!m || stem.length === 0) return null;
  const whole = m[2] === '' && !(WHOLE.has(stem.join('_')) && isNumber(child, column));
  const ask: Asked = {
    plain: name,
    initials,
    stem: whole ? null : stem,
    number: /^(?:no|nos|codes?|bh|dm)$/.test(m[2]!),
    somebodyElse: namesSomebodyElse(name),
    own: child.key === column,
  };
  const best = [...index.maybe(whole ? [] : withAlike(stem), name)]
    .flatMap((table) => candidate(child, ask, table))
    .filter((c) => c.score > 0.3)
    .map((c) => ({ ...c, ...agreement(child.values(column, isList(child, column, m[2]!)), c.table, c.column) }))
    .filter((c) => c.table.place === child.place || c.table.shape.rows * child.values(column).length > 0)
    .filter((c) => (c.score >= SURE ? c.contradicted !== true : c.share === null || c.share >= 0.8))
    .toSorted(
      (a, b) =>
        b.score + (b.share ?? 0) / 10 - a.score - (a.share ?? 0) / 10 ||
        b.table.shape.columns.length - a.table.shape.columns.length ||
        a.table.id.localeCompare(b.table.id),
    )[0];
  if (!best) return null;
  return {
    columns: [column],
    to: best.table.id,
    toColumns: [best.column],
    evidence: 'name',
    ...(isList(child, column, m[2]!) ? { list: true as const } : {}),
    ...(best.table === child || ask.somebodyElse ? { owner: false as const } : {}),
  };
}

function isList(child: LinkTable, column: string, end: string): boolean {
  const values = child.values(column);
  return /list|ids|nos|codes|cds/.test(end) || (values.length >= 2 && values.filter((v) => v.includes(',')).length >= values.length / 5);
}

/** People and deals that older programmes point to by their bare name: `ticket.customer`. */
const WHOLE = new Set(
  'user member customer client patient student guest passenger ticket invoice contract policy booking reservation appointment rental loan employee staff'.split(
    ' ',
  ),
);

const columnType = (table: LinkTable, column: string) => table.shape.columns.find((c) => c.name === column)?.type ?? '';
const isNumber = (table: LinkTable, column: string) => /int|^number|^numeric|^decimal/i.test(columnType(table, column));

function isInitials(child: LinkTable, column: string, index: LinkIndex): boolean {
  const name = plainName(column);
  if (!/^[a-z]{2,3}$/.test(name) || /^(?:id|no|sn|pk|key|seq|num|pid|uid)$/.test(name) || child.key === column) return false;
  const keyed = [...index.maybe([], name)].filter((t) => t.key !== null && plainName(t.key) === name);
  return keyed.length === 1 && /char|text|^$/i.test(columnType(child, column));
}

/** Keys that say nothing of whose they are. */
const PLAIN_KEYS = /^(?:id|code|no|name|key|uuid|guid|type|sort|status|date|seq|num|bh|xh|\w{1,2})$/;

/** A column's name, taken apart once. */
interface Asked {
  readonly plain: string;
  /** Two or three letters that are one other table's whole key (学号 xh, 工号 gh). */
  readonly initials: boolean;
  /** null = the name is a whole word that can only be another table's key. */
  readonly stem: readonly string[] | null;
  readonly number: boolean;
  readonly somebodyElse: boolean;
  /** The column is its own table's key. */
  readonly own: boolean;
}

const withAlike = (stem: readonly string[]) => [...stem, ...ALIKE.filter((group) => group.includes(stem.at(-1)!)).flat()];

function candidate(child: LinkTable, { plain, initials, stem, number, somebodyElse, own }: Asked, table: LinkTable): Candidate[] {
  const same = table === child ? undefined : table.named(plain);
  if (table === child && !somebodyElse) return [];
  const natural = same !== undefined && same === table.key && !own && (initials || !PLAIN_KEYS.test(plain));
  const fits = stem === null ? 0 : fit(stem, table.noun, child.noun);
  if (fits === 0 && !natural) return [];
  const target =
    same !== undefined && (same === table.key || (table.unique(same) && !(plain.endsWith('id') && table.key !== null)))
      ? same
      : number
        ? numberOf(table)
        : table.key;
  if (target === null) return [];
  const far = child.place === table.place ? near(child, table) : -0.08;
  // A profile that has the column beside its own key points to the same table as the child does.
  const sibling = same !== undefined && same !== table.key && !number && plain.endsWith('id') ? 0.12 : 0;
  // Of `user` and `user_profile` the plain one is meant.
  const kept = wordsOf(bareName(table.shape.dataset)).at(-1) === table.noun.at(-1) ? 0 : 0.02;
  return [{ table, column: target, score: Math.max(fits, natural ? SURE : 0) + far - sibling - kept }];
}

/** Tables of one prefix belong together; from a table without one, another without one is nearer. */
const near = (child: LinkTable, table: LinkTable) =>
  child.prefix === table.prefix ? (child.prefix === '' ? 0 : 0.03) : child.prefix === '' ? -0.03 : 0;

/** `order_no` points to the order's number, not to its surrogate key: `no`, `order_no`, `sn`, else a key that is text. */
function numberOf(table: LinkTable): string | null {
  const noun = table.noun.join('_');
  for (const end of ['no', 'sn', 'code', 'number', 'bh']) {
    const found = table.named(end) ?? table.named(`${noun}_${end}`) ?? table.named(`${table.noun.at(-1)!}_${end}`);
    if (found !== undefined) return found;
  }
  const key = table.shape.columns.find((c) => c.name === table.key);
  return key && /char|text|^$/i.test(key.type) ? key.name : null;
}

const MADE = new Set('contract order application apply record bill plan'.split(' '));

/** How well a column's stem names a table: 1 = the very name, less for a part of it, a wider name or another word for it. */
function fit(stem: readonly string[], noun: readonly string[], own: readonly string[]): number {
  const [s, n] = [stem.join('_'), noun.join('_')];
  if (s === n || s.replaceAll('_', '') === n.replaceAll('_', '')) return 1;
  if (n.endsWith(`_${s}`)) {
    const extra = noun.slice(0, noun.length - stem.length);
    return 0.92 - 0.04 * extra.length + (extra.some((w) => own.includes(w)) ? 0.13 : 0);
  }
  if (n.startsWith(`${s}_`) && noun.length === stem.length + 1 && (own[0] === stem[0] || MADE.has(noun.at(-1)!)))
    return MADE.has(noun.at(-1)!) ? 0.65 : 0.4;
  if (s.endsWith(`_${n}`)) return 0.8;
  const last = stem.at(-1)!;
  // A table of clients of the programming interface keeps its own `client_id`.
  if (own.at(-1) === last) return 0;
  if (noun.length === 1 && ALIKE.some((group) => group.includes(last) && group.includes(noun[0]!)))
    return (stem.length === 1 ? 0.7 : 0.6) - (last === 'user' && SERVING.has(noun[0]!) ? 0.05 : 0);
  return 0;
}

/** Which share of the child's values is among the parent's; null where one side has none or the parent was seen in part. */
function agreement(values: readonly string[], parent: LinkTable, column: string): { share: number | null; contradicted: boolean } {
  const there = parent.valueSet(column);
  const whole = parent.sample.length >= parent.shape.rows;
  const real = values.filter((v) => v !== '0' && v !== '-1');
  if (real.length === 0 || there.size === 0) return { share: null, contradicted: false };
  const share = real.filter((v) => there.has(v)).length / real.length;
  if (!whole && share < 0.8) return { share: null, contradicted: false };
  // A table of samples may lack a few parents; a column of many different keys of which none is there points elsewhere.
  return { share, contradicted: share === 0 && new Set(real).size >= 5 && there.size >= 5 };
}
