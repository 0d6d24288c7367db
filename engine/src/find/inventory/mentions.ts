// SPDX-License-Identifier: Apache-2.0
import { keyedHash } from '../../kit/index.ts';
import type { FieldCategory } from '../../model/category.ts';
import { identifierStrength, normaliseIdentifier } from './identifier.ts';

/*
 * What a document says about whom. Identifiers of a table's row are `h…`, `s…` (customers') or `o…` (other people's); those of a document are kept apart, for being
 * mentioned together does not make two people one:
 *   m⟨letter⟩…  recognised by its form (a phone, an identity number): counts also where no table has it
 *   c-…         a word that may be a number some table has (a customer number has no form of its own): counts only where one does
 * What follows is the same hash as in a table.
 */
export type FindPersonal = (text: string) => {
  readonly identifiers: readonly { readonly category: FieldCategory; readonly value: string }[];
  readonly personal: boolean;
};

export interface Mentions {
  readonly ids: readonly string[];
  readonly identifiers: readonly { readonly category: FieldCategory; readonly value: string }[];
  readonly personal: boolean;
}

const LETTER: Readonly<Partial<Record<FieldCategory, string>>> = {
  phone: 'p',
  email: 'e',
  id_card: 'i',
  bank_card: 'b',
  foreign_permit: 'f',
};
/** Words with a digit; digits alone only where there are too many of them to be an amount. */
const WORD = /(?<![A-Za-z0-9])(?=[A-Za-z0-9_-]{0,31}\d)(?:[A-Za-z][A-Za-z0-9_-]{4,31}|\d[A-Za-z0-9_-]{7,31})(?![A-Za-z0-9])/g;
const MOST_WORDS = 500;
const BY_WORD: readonly FieldCategory[] = ['customer_no', 'passport', 'foreign_permit', 'wechat_openid', 'bank_card', 'phone'];

/** Compiles a reader of mentions. Bounded for any text: 500 words and what `findPersonal` allows. */
export function mentionsIn(setup: {
  readonly inventoryKey: Uint8Array;
  readonly findPersonal?: FindPersonal;
  readonly knownCategories?: ReadonlySet<FieldCategory>;
}): (text: string) => Mentions {
  const { inventoryKey, findPersonal } = setup;
  const byWord = BY_WORD.filter((category) => setup.knownCategories?.has(category) === true);
  const hashOf = (category: FieldCategory, normal: string) => keyedHash(inventoryKey, `${category}:${normal}`).slice(0, 32);
  return (text) => {
    const found = findPersonal?.(text) ?? { identifiers: [], personal: false };
    const ids = new Set<string>();
    for (const { category, value } of found.identifiers) {
      const normal = normaliseIdentifier(category, value);
      if (normal !== null && identifierStrength(category)) ids.add(`m${LETTER[category] ?? 'x'}${hashOf(category, normal)}`);
    }
    if (byWord.length > 0) {
      const words = new Set<string>();
      for (const [word] of text.matchAll(WORD)) if (words.add(word).size >= MOST_WORDS) break;
      for (const word of words) {
        for (const category of byWord) {
          const normal = normaliseIdentifier(category, word);
          if (normal !== null) ids.add(`c-${hashOf(category, normal)}`);
        }
      }
    }
    return { ids: [...ids], ...found };
  };
}

/** An identifier that more subjects have, or that more documents of strangers name, is a switchboard's: it says nothing about whose a document is. */
const MOST_OWNERS = 8;
const MOST_STRANGERS = 50;

/**
 * One SELECT of idx and subject: the rows of `resolved` for all but documents, and for a document one row for each subject whose identifier stands in it. A document that
 * names nobody known, and no two different identifiers of one kind, is a subject of its own, together with those that name the same. One that
 * names nobody so has one row without subject. Needs the tables `records` and `resolved` (idx, subject).
 */
export const SUBJECTS_WITH_DOCUMENTS = `
  WITH listed AS (SELECT idx, unnest(ids) AS id FROM records WHERE role = 'customer'),
  known AS (
    SELECT DISTINCT substr(id, 2) AS h, subject FROM listed JOIN resolved USING (idx) WHERE left(id, 1) IN ('h', 's') AND subject IS NOT NULL
  ),
  told AS (SELECT h FROM known GROUP BY h HAVING count(*) <= ${MOST_OWNERS}),
  mention AS (SELECT idx, left(id, 1) AS sort, substr(id, 2, 1) AS letter, substr(id, 3) AS h FROM listed WHERE left(id, 1) IN ('m', 'c')),
  hit AS (SELECT DISTINCT idx, subject FROM mention JOIN known USING (h) JOIN told USING (h)),
  others AS (SELECT DISTINCT substr(id, 2) AS h FROM (SELECT unnest(ids) AS id FROM records WHERE role <> 'customer') WHERE left(id, 1) = 'o'),
  strange AS (
    SELECT DISTINCT idx, letter, h FROM mention
    WHERE sort = 'm' AND h NOT IN (SELECT h FROM known) AND h NOT IN (SELECT h FROM others) AND idx NOT IN (SELECT idx FROM hit)
  ),
  single AS (SELECT h FROM strange GROUP BY h HAVING count(*) <= ${MOST_STRANGERS}),
  kinds AS (SELECT idx, letter, count(*) AS n, min(h) AS h FROM strange JOIN single USING (h) GROUP BY idx, letter),
  stranger AS (SELECT idx, string_agg(letter || h, ' ' ORDER BY letter) AS who FROM kinds GROUP BY idx HAVING max(n) = 1),
  own AS (
    SELECT idx, (SELECT coalesce(max(subject), -1) FROM resolved) + dense_rank() OVER (ORDER BY who) AS subject FROM stranger
  ),
  found AS (SELECT * FROM hit UNION ALL SELECT * FROM own)
  SELECT idx, subject FROM resolved WHERE idx NOT IN (SELECT idx FROM found)
  UNION ALL SELECT idx, subject FROM found ORDER BY idx, subject`;
