// SPDX-License-Identifier: Apache-2.0
import { fingerprintRow, keyedHash } from '../../kit/index.ts';
import { type FieldCategory, IDENTIFIER_CATEGORIES } from '../../model/category.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetMap, DatasetRole, Link } from '../../model/data-map.ts';
import type { StartEvent } from '../../model/law.ts';
import { DOCUMENT_TYPES, KEY_PART_TYPE, PATH_TYPE, type SourceRow } from '../../model/source.ts';
import { InventoryError } from './error.ts';
import { birthOfIdCard, identifierStrength, isMasked, isPlaceholder, normaliseIdentifier } from './identifier.ts';
import { encodeKey } from './key-text.ts';
import { ageOn, legalDate, standsForNone } from './legal-date.ts';
import { keyedBySubject, targetName } from './link-targets.ts';
import { type FindPersonal, mentionsIn } from './mentions.ts';
import { type Recognise, signReader } from './row-signs.ts';
import { type Fact, standingFacts } from './standing-facts.ts';

/** What the inventory keeps of one row, and what it found wrong in it (field and code, never the value). */
export interface RecordEntry {
  readonly key: string;
  readonly fingerprint: string;
  readonly role: DatasetRole;
  readonly personal: boolean;
  readonly minor: boolean | null;
  readonly identifiers: readonly string[];
  /** The field of each identifier, by its place in the data map; −1: the words of a document. */
  readonly places: readonly number[];
  /** See row-signs.ts; only of customers' rows. */
  readonly says: readonly string[];
  readonly facts: readonly Fact[];
  readonly clocks: Readonly<Partial<Record<StartEvent, string>>>;
  /** What the residue search needs in clear, and notices of it phone, e-mail and name. */
  readonly erase: readonly { readonly c: FieldCategory; readonly v: string }[];
  readonly wrong: readonly { readonly field: string; readonly code: 'invalid-identifier' | 'impossible-date' | 'placeholder-date' }[];
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
  /** Tells a company's name from a person's and checks the digits of numbers; without it neither is told. */
  readonly recognise?: Recognise;
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
  const fields = map.fields.flatMap((f, n) =>
    f.category && !DOCUMENT_TYPES.has(f.type) ? [compiled(f.name, f.category, n, place(f.name))] : [],
  );
  const ordinal = (name: string | undefined) => map.fields.findIndex((f) => f.name === name);
  const signs = signReader(setup);
  const mentions = map.fields.some((f) => DOCUMENT_TYPES.has(f.type)) ? mentionsIn(setup) : null;
  const personalKey = map.key.map((name) =>
    map.fields.some((f) => f.name === name && (f.category !== null || f.type === PATH_TYPE || f.type === KEY_PART_TYPE)),
  );
  const clocks = Object.entries(map.clocks).map(([event, name]) => ({ event: event as StartEvent, name, at: place(name) }));
  for (const standing of map.standing) place(standing.column);
  const roleAt = map.rowRole ? place(map.rowRole.column) : -1;
  const own = ownTargets(map, setup.linkedTo, place);
  const outward = map.links
    .filter((link) => link.owner !== false && (setup.linkedTo.has(targetName(link.to, link.toColumns)) || setup.linkedTo.has(link.to)))
    .map((link) => ({ ...outwardLink(link, place), n: ordinal(link.columns[0]) }));

  const ownRows = outward.length === 0 || keyedBySubject(map);

  return ({ key, row: content, shown, text, unread = 0 }) => {
    const row = shown ?? content;
    if (row.length !== columns.length)
      throw new InventoryError('row-shape', { dataset: map.id, cells: row.length, columns: columns.length });
    // Nobody knows whose a message is while a part of it cannot be read.
    const role = unread > 0 ? 'unknown' : rowRole(map, roleAt < 0 ? null : (row[roleAt] ?? null));
    const wrong: RecordEntry['wrong'][number][] = [];
    const identifiers = new Map<string, number>();
    const identify = (id: string, n: number) => void (identifiers.has(id) || identifiers.set(id, n));
    const erase: RecordEntry['erase'][number][] = [];
    const reference = (name: string, cells: Row, n: number) => {
      if (cells.some((cell) => cell === null)) return;
      identify(`r${keyedHash(inventoryKey, `key:${name}:${JSON.stringify(cells)}`).slice(0, 32)}`, n);
    };
    for (const target of own) reference(target.name, cellsAt(row, target.at), target.n);
    const says = role === 'customer' ? signs(row) : [];
    // An organisation's own number joins its rows; in a row about a person it is an employer's, or stands on an invoice.
    const organisation = ownRows && says.some((s) => s.startsWith('org-number')) && !says.some((s) => s.startsWith('person-number'));
    let personal = false;
    let minor: boolean | null = null;
    for (const field of fields) {
      const text = row[field.at]?.trim() ?? '';
      if (text === '') continue;
      personal = true;
      const normal = field.identifies ? normaliseIdentifier(field.category, text) : text;
      // Where two fields contradict each other, the one that says "child" counts: PIPL 31 protects, and data quality names the contradiction.
      if (field.tellsAge && minor !== true) minor = minority(field.category, text, normal, setup.today) ?? minor;
      const masked = field.identifies && isMasked(text);
      if (normal === null && !masked && !isPlaceholder(text)) wrong.push({ field: field.name, code: 'invalid-identifier' });
      if (normal !== null && field.mark !== null && !masked) {
        const mark = role === 'customer' ? field.mark : 'o';
        identify(`${mark}${keyedHash(inventoryKey, field.prefix + normal).slice(0, 32)}`, field.n);
      }
      if (organisation && normal !== null && field.category === 'credit_code')
        identify(`h${keyedHash(inventoryKey, field.prefix + normal).slice(0, 32)}`, field.n);
      if (role === 'customer' && field.searched) erase.push({ c: field.category, v: text });
    }
    if (role === 'customer') {
      for (const link of outward) {
        const targets = link.targets(row);
        // A row about several customers makes no one person of them: it joins nobody.
        if (targets.length === 1) reference(link.name, targets[0]!, link.n);
        // What is about an identifiable customer is personal information (PIPL 4), though the row itself names nobody.
        if (targets.some((cells) => cells.every((cell) => cell !== null))) personal = true;
      }
    }
    if (mentions !== null && text !== undefined) {
      const found = mentions(text);
      personal ||= found.personal;
      if (role === 'customer') {
        for (const id of found.ids) identify(id, -1);
        for (const { category, value } of found.identifiers) {
          if (minority(category, value, normaliseIdentifier(category, value), setup.today) === true) minor = true;
          erase.push({ c: category, v: value });
        }
      }
    }
    const dates: Partial<Record<StartEvent, string>> = {};
    for (const clock of clocks) {
      const day = legalDate(row[clock.at] ?? null);
      if (day === 'impossible') {
        if (!wrong.some((w) => w.field === clock.name)) wrong.push({ field: clock.name, code: 'impossible-date' });
      } else if (day !== null && standsForNone(day)) {
        // A period that begins at the zero of a spreadsheet is over before it began: no clock starts there.
        if (!wrong.some((w) => w.field === clock.name)) wrong.push({ field: clock.name, code: 'placeholder-date' });
      } else if (day !== null) dates[clock.event] = clock.event === 'fiscal-year.ended' ? `${day.slice(0, 4)}-12-31` : day;
    }
    return {
      key: encodeKey(key, personalKey, inventoryKey),
      fingerprint: fingerprintRow(inventoryKey, content),
      role,
      personal,
      minor,
      identifiers: [...identifiers.keys()],
      places: [...identifiers.values()],
      says,
      facts: standingFacts(map.standing, at, row),
      clocks: dates,
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
  return sets.map((names) => ({
    name: targetName(map.id, names),
    at: names.map(place),
    n: map.fields.findIndex((f) => f.name === names[0]),
  }));
}

function rowRole(map: DatasetMap, cell: string | null): DatasetRole {
  if (!map.rowRole || cell === null) return map.role;
  const text = cell.trim();
  return map.rowRole.values[text] ?? map.rowRole.values[text.toLowerCase()] ?? map.role;
}

function cellsAt(row: Row, at: readonly number[]): Row {
  return at.map((i) => row[i] ?? null);
}

/** One column, with what does not change from row to row. */
interface Field {
  readonly name: string;
  readonly category: FieldCategory;
  /** Its place in the data map. */
  readonly n: number;
  readonly at: number;
  readonly identifies: boolean;
  /** Goes to the erase list. */
  readonly searched: boolean;
  readonly tellsAge: boolean;
  /** First letter of the identifier where the record is a customer's; null where the category identifies nobody. */
  readonly mark: 'h' | 's' | null;
  readonly prefix: string;
}

function compiled(name: string, category: FieldCategory, n: number, at: number): Field {
  const strength = identifierStrength(category);
  const identifies = IDENTIFIER_CATEGORIES.has(category);
  return {
    name,
    category,
    n,
    at,
    identifies,
    searched: identifies || category === 'name',
    tellsAge: category === 'age' || category === 'birth_date' || category === 'id_card',
    mark: strength === null ? null : strength === 'hard' ? 'h' : 's',
    prefix: `${category}:`,
  };
}

/** Whether this field says that the person is under 14 (PIPL 31); null when it does not tell. `normal`: an identity number in its one spelling. */
function minority(category: FieldCategory, text: string, normal: string | null, today: string): boolean | null {
  if (category === 'age') return /^\d{1,3}$/.test(text) ? Number(text) < 14 : null;
  const birth = category === 'birth_date' ? legalDate(text) : category === 'id_card' && normal !== null ? birthOfIdCard(normal) : null;
  return birth === null || birth === 'impossible' || birth > today ? null : ageOn(birth, today) < 14;
}
