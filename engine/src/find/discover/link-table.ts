// SPDX-License-Identifier: Apache-2.0
import { bareName, placeOf, plainName, wordsOf } from '../../kit/index.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetShape } from '../../model/source.ts';
import type { Discovered } from './discover.ts';
import { tableNouns } from './table-names.ts';

/** One dataset as the search for links sees it. */
export interface LinkTable {
  readonly id: string;
  readonly source: string;
  /** The database or schema it stands in: names mean most among their own. */
  readonly place: string;
  readonly shape: DatasetShape;
  readonly sample: readonly Row[];
  /** What the table is about, without prefixes. */
  readonly noun: readonly string[];
  /** The first word of its name where it is only a prefix that many tables share, else empty. */
  readonly prefix: string;
  /** The one column that names a row: the declared key, or a unique `id`; null where there is none. */
  readonly key: string | null;
  /** The column of this plain name. */
  named(plain: string): string | undefined;
  values(column: string, listed?: boolean): readonly string[];
  valueSet(column: string): ReadonlySet<string>;
  /** True when no value occurs twice in the sample and there are some. */
  unique(column: string): boolean;
}

/** Splits a cell that lists keys: `1,2,3`, `[1,2]`, `1、2`. */
export const LISTED = /[,，;；、|\s[\]"]+/;

export function linkTables(all: readonly Discovered[]): LinkTable[] {
  return all.flatMap((d) => {
    const places = Map.groupBy(d.datasets, (t) => placeOf(d.source, t.shape.dataset));
    const nouns = new Map([...places.values()].flatMap((own) => [...tableNouns(own.map((t) => t.shape.dataset))]));
    return d.datasets.map((t) => linkTable(d.source, t.shape, t.sample, nouns.get(t.shape.dataset)!));
  });
}

function linkTable(source: string, shape: DatasetShape, sample: readonly Row[], noun: readonly string[]): LinkTable {
  const sets = new Map<string, ReadonlySet<string>>();
  const places = new Map(shape.columns.map((c, at) => [c.name, at]));
  const values = (column: string, listed = false) => {
    const at = places.get(column);
    if (at === undefined) return [];
    const cells = sample.flatMap((row) => (row[at] === null || row[at] === undefined || row[at] === '' ? [] : [row[at]]));
    return listed ? cells.flatMap((cell) => cell.split(LISTED).filter(Boolean)) : cells;
  };
  const valueSet = (column: string) => {
    const known = sets.get(column);
    if (known) return known;
    const made = new Set(values(column));
    sets.set(column, made);
    return made;
  };
  const unique = (column: string) => valueSet(column).size > 0 && valueSet(column).size === values(column).length;
  const key = keyOf(shape, noun, unique);
  const plain = new Map(shape.columns.map((c) => [plainName(c.name), c.name]));
  const first = wordsOf(bareName(shape.dataset))[0] ?? '';
  const prefix = noun[0] === first ? '' : first;
  return {
    id: `${source}/${shape.dataset}`,
    source,
    place: placeOf(source, shape.dataset),
    shape,
    sample,
    noun,
    prefix,
    key,
    named: (name) => plain.get(name),
    values,
    valueSet,
    unique,
  };
}

function keyOf(shape: DatasetShape, noun: readonly string[], unique: (column: string) => boolean): string | null {
  if (shape.key.length === 1) return shape.key[0] === '#' ? null : shape.key[0]!;
  if (shape.key.length > 1) return null;
  const named = shape.columns.find((c) => {
    const name = plainName(c.name);
    return name === 'id' || ['id', 'no', 'code', 'bh'].some((end) => [`${noun.join('_')}_${end}`, `${noun.join('')}${end}`].includes(name));
  })?.name;
  return named !== undefined && unique(named) ? named : null;
}

/** Finds the tables that a name may speak of, without looking at all of them. */
export interface LinkIndex {
  readonly all: readonly LinkTable[];
  /** Tables with one of these words in their noun, or whose noun is these words written as one, or whose key has this plain name. */
  maybe(words: readonly string[], plain: string): ReadonlySet<LinkTable>;
}

export function linkIndex(all: readonly LinkTable[]): LinkIndex {
  const index = new Map<string, LinkTable[]>();
  const add = (word: string, table: LinkTable) => {
    const known = index.get(word);
    if (known) known.push(table);
    else index.set(word, [table]);
  };
  for (const table of all) {
    for (const word of new Set([...table.noun, table.noun.join('')])) add(word, table);
    if (table.key !== null) add(`key ${plainName(table.key)}`, table);
  }
  return { all, maybe: (words, plain) => new Set([...words, words.join(''), `key ${plain}`].flatMap((word) => index.get(word) ?? [])) };
}
