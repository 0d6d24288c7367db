// SPDX-License-Identifier: Apache-2.0
import { keyedHash, plainName } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import type { Row } from '../../model/cell.ts';
import type { DatasetMap } from '../../model/data-map.ts';
import { DOCUMENT_TYPES } from '../../model/source.ts';
import type { Flaw, Sign } from '../../model/subject.ts';
import { birthOfIdCard, isMasked, isPlaceholder, normaliseIdentifier } from './identifier.ts';
import { ageOn, legalDate, standsForNone } from './legal-date.ts';

/** Whether a whole value is one of a category: with its check digits where it has some, else by its form. */
export type Recognise = (category: FieldCategory, text: string) => boolean;

export interface SignSetup {
  readonly map: DatasetMap;
  /** Column names in the order of the rows. */
  readonly columns: readonly string[];
  readonly inventoryKey: Uint8Array;
  /** The legal day that tells how old somebody is. */
  readonly today: string;
  readonly recognise?: Recognise;
}

/*
 * What a record keeps of its fields, besides identifiers:
 *   ⟨sign⟩|⟨field⟩            `org-type|4`: field 4 of the data map says that this is an organisation
 *   ⟨sign⟩|⟨field⟩|⟨hash⟩     names and birth days, as 13 hex digits of a keyed hash: two systems can be compared, nothing can be read
 *   !⟨flaw⟩|⟨field⟩           `!check-digit|2`
 */
const HASH = 13;
const CHECKED: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'bank_card',
  'credit_code',
  'customer_no',
  'email',
  'foreign_permit',
  'id_card',
  'passport',
  'phone',
  'wechat_openid',
]);
const NUMBERS: ReadonlySet<FieldCategory> = new Set<FieldCategory>(['passport', 'foreign_permit']);
const TYPE_COLUMN = /(?:^|_)(?:type|kind|nature|category|class|lx|xz)$|类型|类别|性质/;
const ORGANISATIONS =
  /^(?:企业|公司|单位|机构|法人|集团|企业客户|单位客户|公司客户|对公|company|enterprise|corporate|corporation|organi[sz]ation|org|business|b2b|institution|legal_?person)$/i;
const PERSONS = /^(?:个人|自然人|个人客户|散客|对私|personal|individual|person|private|b2c|natural_?person)$/i;
const OLDEST = 120;

/** Compiles a data map into a function from a customer's row to its signs and flaws. */
export function signReader(setup: SignSetup): (row: Row) => readonly string[] {
  const { map, columns, inventoryKey, today } = setup;
  const recognise = setup.recognise ?? (() => false);
  const at = new Map(columns.map((name, i) => [name, i]));
  const fields = map.fields.flatMap((f, n) => {
    const place = at.get(f.name);
    return place === undefined || DOCUMENT_TYPES.has(f.type) ? [] : [{ ...f, n, at: place }];
  });
  const named = fields.filter((f) => f.category !== null);
  const kinds = fields.filter((f) => TYPE_COLUMN.test(plainName(f.name)));
  const days = dayColumns(map);
  const dated = fields.filter((f) => days.has(f.name) || f.category === 'birth_date' || /date|time/i.test(f.type));
  const created = fields.find((f) => f.name === map.clocks['record.created']);
  const ends = new Set(
    [map.clocks['contract.ended'], map.clocks['account.closed'], map.clocks['policy.ended'], ...map.standing.map((s) => s.endedOnColumn)]
      .filter((name) => name !== undefined)
      .filter((name) => name !== created?.name),
  );
  const hash = (what: string, value: string) => keyedHash(inventoryKey, `${what}:${value}`).slice(0, HASH);

  return (row) => {
    const says: string[] = [];
    const say = (sign: Sign, n: number, value = '') => says.push(value === '' ? `${sign}|${n}` : `${sign}|${n}|${value}`);
    const flaw = (code: Flaw, n: number) => says.push(`!${code}|${n}`);
    const births = new Map<string, number>();
    for (const { category, n, at: place } of named) {
      const text = row[place]?.trim() ?? '';
      if (text === '') continue;
      const normal = CHECKED.has(category!) ? normaliseIdentifier(category!, text) : text;
      const wrong = CHECKED.has(category!) ? flawOf(category!, text, normal, recognise) : null;
      if (wrong) flaw(wrong, n);
      else if (category === 'id_card') {
        // One identity number a life; passports and permits are renewed, so two of them contradict nothing.
        say('person-number', n, hash('id_card', normal!));
        const birth = birthOfIdCard(normal!);
        if (birth === null) flaw('number-day', n);
        else if (birth <= today && !births.has(birth)) births.set(birth, n);
      } else if (NUMBERS.has(category!)) say('person-number', n);
      else if (category === 'credit_code') say(recognise('id_card', text) ? 'person-number' : 'org-number', n);
      else if (category === 'company_name') say('company', n);
      else if (category === 'age' && /^\d{1,3}$/.test(text)) say(ageSign(Number(text)), n);
      else if (category === 'name' && !isMasked(text) && !isPlaceholder(text)) {
        // No legal form is so short that a person's name could be one.
        const sign = text.length > 4 && recognise('company_name', text) ? 'name-company' : recognise('name', text) ? 'name-person' : 'name';
        const plain = plainPerson(text);
        say(sign, n, plain.length < 2 ? '' : hash('name', plain));
      }
    }
    const read = new Map<number, string>();
    for (const { category, n, at: place, name } of dated) {
      const day = legalDate(row[place] ?? null);
      if (day === null) continue;
      const birth = category === 'birth_date';
      if (day === 'impossible') flaw('impossible-date', n);
      else if (!birth && standsForNone(day)) flaw('placeholder-date', n);
      else if (birth && day > today) flaw('future-birth', n);
      else if (birth && ageOn(day, today) > OLDEST) flaw('old-birth', n);
      else if (birth) {
        if (births.size > 0 && !births.has(day)) flaw('birth-against-number', n);
        births.set(day, n);
      } else if (name === created?.name || ends.has(name)) read.set(n, day);
    }
    for (const [birth, n] of births) {
      say('birth', n, hash('birth', birth));
      say(ageSign(ageOn(birth, today)), n);
    }
    const began = created && read.get(created.n);
    if (began !== undefined) for (const [n, day] of read) if (n !== created!.n && day < began) flaw('end-before-start', n);
    for (const { n, at: place } of kinds) {
      const text = row[place]?.trim() ?? '';
      if (ORGANISATIONS.test(text)) say('org-type', n);
      else if (PERSONS.test(text)) say('person-type', n);
    }
    return says;
  };
}

/** Columns whose day the data map uses. */
function dayColumns(map: DatasetMap): ReadonlySet<string> {
  return new Set([...Object.values(map.clocks), ...map.standing.flatMap((s) => s.endedOnColumn ?? [])]);
}

/** What is wrong with a value of a category that can be checked; null when nothing is. */
function flawOf(category: FieldCategory, text: string, normal: string | null, recognise: Recognise): Flaw | null {
  if (isMasked(text)) return 'masked';
  if (normal === null && isPlaceholder(text)) return 'placeholder';
  if (normal === null) return category === 'id_card' && /^[\dX\s-]{15,20}$/i.test(text) ? 'check-digit' : 'form';
  if (category === 'credit_code')
    return /^[\dA-Z]{18}$/.test(normal) && !recognise('credit_code', normal) && !recognise('id_card', normal) ? 'check-digit' : null;
  return category === 'bank_card' && !recognise('bank_card', normal) ? 'check-digit' : null;
}

/** 14: PIPL 31; 18: 民法典 17, 未成年人保护法 2. */
function ageSign(age: number): Sign {
  return age < 14 ? 'under-14' : age < 18 ? 'under-18' : 'adult';
}

/** One spelling of a name: widths folded, blanks, forms of address and what stands in brackets gone, lower case. */
function plainPerson(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s·•]|\([^)]*\)|【[^】]*】|\[[^\]]*\]/g, '')
    .replace(/(?:先生|女士|小姐|老师|同学)$/, '')
    .toLowerCase();
}
