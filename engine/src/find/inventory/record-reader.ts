// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow, keyedHash } from '../../kit/index.ts';
import { type FieldCategory, IDENTIFIER_CATEGORIES } from '../../model/category.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetMap, DatasetRole, Link } from '../../model/data-map.ts';
import type { StartEvent } from '../../model/law.ts';
import { DOCUMENT_TYPES, PATH_TYPE, type SourceRow } from '../../model/source.ts';
import { InventoryError } from './error.ts';
import { birthOfIdCard, identifierStrength, normaliseIdentifier } from './identifier.ts';
import { encodeKey } from './key-text.ts';
import { ageOn, legalDate } from './legal-date.ts';
import { targetName } from './link-targets.ts';
import { type FindPersonal, mentionsIn } from './mentions.ts';
import { type Fact, standingFacts } from './standing-facts.ts';

/** What the inventory keeps of one row, and what it found wrong in it (field and code, never the value). */
export interface RecordEntry {
  readonly key: string;
  readonly fingerprint: string;
  readonly role: DatasetRole;
  readonly personal: boolean;
  readonly minor: boolean | null;
  readonly identifiers: readonly string[];
  readonly facts: readonly Fact[];
  readonly clocks: Readonly<Partial<Record<StartEvent, string>>>;
  readonly contacts: readonly { readonly c: 'phone' | 'email' | 'name'; readonly v: string }[];
  readonly erase: readonly { readonly c: FieldCategory; readonly v: string }[];
  readonly wrong: readonly { readonly field: string; readonly code: 'invalid-identifier' | 'impossible-date' }[];
}

export interface ReaderSetup {
  readonly map: DatasetMap;
  /** Column names in the order of the rows. */
  readonly columns: readonly string[];
  readonly inventoryKey: Uint8Array;
  readonly linkedTo: ReadonlySet<string>;
  /** The legal day that decides who is a minor. */
  readonly today: string;
  /** Finds identifiers in the words of documents; needed where the dataset has some. */
  readonly findPersonal?: FindPersonal;
  /** Identifier categories that some table of the case has: only those can be known by a word alone. */
  readonly knownCategories?: ReadonlySet<FieldCategory>;
}

/** Compiles a data map into a function from row to entry. Throws `column-unknown` when the map names a column the source has not. */
export function recordReader(setup: ReaderSetup): (source: SourceRow) => RecordEntry {
  const { map, columns, inventoryKey } = setup;
  const at = new Map(columns.map((name, i) => [name, i]));
  const place = (name: string) => {
    const i = at.get(name);
    if (i === undefined) throw new InventoryError('column-unknown', { dataset: map.id, column: name });
    return i;
  };
  const fields = map.fields.flatMap((f) =>
    f.category && !DOCUMENT_TYPES.has(f.type) ? [{ name: f.name, category: f.category, at: place(f.name) }] : [],
  );
  const mentions = map.fields.some((f) => DOCUMENT_TYPES.has(f.type)) ? mentionsIn(setup) : null;
  const personalKey = map.key.map((name) => map.fields.some((f) => f.name === name && (f.category !== null || f.type === PATH_TYPE)));
  const clocks = Object.entries(map.clocks).map(([event, name]) => ({ event: event as StartEvent, name, at: place(name) }));
  for (const s of map.standing)
    for (const name of [s.column, s.endedOnColumn, s.causeColumn, s.amountColumn, s.contractColumn]) if (name !== undefined) place(name);
  const roleAt = map.rowRole ? place(map.rowRole.column) : -1;
  const own = ownTargets(map, setup.linkedTo, place);
  const outward = map.links
    .filter((link) => link.owner !== false && (setup.linkedTo.has(targetName(link.to, link.toColumns)) || setup.linkedTo.has(link.to)))
    .map((link) => outwardLink(link, place));

  return ({ key, row: content, shown, text, unread = 0 }) => {
    const row = shown ?? content;
    if (row.length !== columns.length)
      throw new InventoryError('row-shape', { dataset: map.id, cells: row.length, columns: columns.length });
    // Nobody knows whose a message is while a part of it cannot be read.
    const role = unread > 0 ? 'unknown' : rowRole(map, roleAt < 0 ? null : (row[roleAt] ?? null));
    const wrong: RecordEntry['wrong'][number][] = [];
    const identifiers = new Set<string>();
    const contacts: RecordEntry['contacts'][number][] = [];
    const erase: RecordEntry['erase'][number][] = [];
    const reference = (name: string, cells: Row) => {
      if (cells.some((cell) => cell === null)) return;
      identifiers.add(`r${keyedHash(inventoryKey, `key:${name}:${JSON.stringify(cells)}`).slice(0, 32)}`);
    };
    for (const target of own) reference(target.name, cellsAt(row, target.at));
    let personal = false;
    let minor: boolean | null = null;
    for (const field of fields) {
      const text = row[field.at]?.trim() ?? '';
      if (text === '') continue;
      personal = true;
      minor ??= minority(field.category, text, setup.today);
      const normal = IDENTIFIER_CATEGORIES.has(field.category) ? normaliseIdentifier(field.category, text) : text;
      if (normal === null) wrong.push({ field: field.name, code: 'invalid-identifier' });
      const strength = identifierStrength(field.category);
      if (normal !== null && strength) {
        const mark = role !== 'customer' ? 'o' : strength === 'hard' ? 'h' : 's';
        identifiers.add(`${mark}${keyedHash(inventoryKey, `${field.category}:${normal}`).slice(0, 32)}`);
      }
      if (role !== 'customer') continue;
      if (field.category === 'phone' || field.category === 'email' || field.category === 'name')
        contacts.push({ c: field.category, v: text });
      if (IDENTIFIER_CATEGORIES.has(field.category) || field.category === 'name') erase.push({ c: field.category, v: text });
    }
    if (role === 'customer') {
      for (const link of outward) {
        const targets = link.targets(row);
        // A row about several customers makes no one person of them: it joins nobody.
        if (targets.length === 1) reference(link.name, targets[0]!);
        // What is about an identifiable customer is personal information (PIPL 4), though the row itself names nobody.
        if (targets.some((cells) => cells.every((cell) => cell !== null))) personal = true;
      }
    }
    if (mentions !== null && text !== undefined) {
      const found = mentions(text);
      personal ||= found.personal;
      if (role === 'customer') {
        for (const id of found.ids) identifiers.add(id);
        for (const { category, value } of found.identifiers) {
          if (minority(category, value, setup.today) === true) minor = true;
          if (category === 'phone' || category === 'email') contacts.push({ c: category, v: value });
          erase.push({ c: category, v: value });
        }
      }
    }
    const dates: Partial<Record<StartEvent, string>> = {};
    for (const clock of clocks) {
      const day = legalDate(row[clock.at] ?? null);
      if (day === 'impossible') {
        if (!wrong.some((w) => w.field === clock.name)) wrong.push({ field: clock.name, code: 'impossible-date' });
      } else if (day !== null) dates[clock.event] = clock.event === 'fiscal-year.ended' ? `${day.slice(0, 4)}-12-31` : day;
    }
    return {
      key: encodeKey(key, personalKey, inventoryKey),
      fingerprint: fingerprintRow(inventoryKey, content),
      role,
      personal,
      minor,
      identifiers: [...identifiers],
      facts: standingFacts(map.standing, at, row, inventoryKey),
      clocks: dates,
      contacts,
      erase,
      wrong,
    };
  };
}

/** Splits a cell that lists keys: `1,2,3`, `[1,2]`. */
const LISTED = /[,，;；、|\s[\]"]+/;

/** What one link says of a row: nothing where it holds only for rows of another kind, several targets where the cell lists them. */
function outwardLink(link: Link, place: (name: string) => number): { name: string; targets: (row: Row) => readonly Row[] } {
  const at = link.columns.map(place);
  const kind = link.when ? { at: place(link.when.column), values: new Set(link.when.values.map((v) => v.toLowerCase())) } : null;
  return {
    name: targetName(link.to, link.toColumns),
    targets(row) {
      if (kind && !kind.values.has((row[kind.at] ?? '').trim().toLowerCase())) return [];
      const cells = cellsAt(row, at);
      return link.list ? (cells[0] ?? '').split(LISTED).flatMap((cell) => (cell === '' ? [] : [[cell]])) : [cells];
    },
  };
}

function ownTargets(map: DatasetMap, linkedTo: ReadonlySet<string>, place: (name: string) => number) {
  const names = [...linkedTo].filter((name) => name.startsWith(`${map.id}(`) && name.endsWith(')'));
  const sets = names.map((name) => name.slice(map.id.length + 1, -1).split(','));
  const keyed = linkedTo.has(map.id) && map.key.length > 0 && map.key[0] !== '#' ? [...map.key] : null;
  if (keyed && !names.includes(targetName(map.id, keyed))) sets.push(keyed);
  return sets.map((names) => ({ name: targetName(map.id, names), at: names.map(place) }));
}

function rowRole(map: DatasetMap, cell: string | null): DatasetRole {
  if (!map.rowRole || cell === null) return map.role;
  const text = cell.trim();
  return map.rowRole.values[text] ?? map.rowRole.values[text.toLowerCase()] ?? map.role;
}

function cellsAt(row: Row, at: readonly number[]): Row {
  return at.map((i) => row[i] ?? null);
}

/** Whether this field says that the person is under 14 (PIPL 31); null when it does not tell. */
function minority(category: FieldCategory, text: string, today: string): boolean | null {
  if (category === 'age') return /^\d{1,3}$/.test(text) ? Number(text) < 14 : null;
  const birth = category === 'birth_date' ? legalDate(text) : category === 'id_card' ? birthIn(text) : null;
  return birth === null || birth === 'impossible' || birth > today ? null : ageOn(birth, today) < 14;
}

function birthIn(text: string): string | null {
  const number = normaliseIdentifier('id_card', text);
  return number === null ? null : birthOfIdCard(number);
}
