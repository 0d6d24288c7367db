// SPDX-License-Identifier: Apache-2.0

/*
 * How keys of Redis become datasets. A dataset is `db⟨n⟩.⟨kind⟩.⟨pattern⟩`, as `db0.hash.user:*:profile`; whether a key belongs to it is told by the
 * name alone, so that discovery, erasing and a later run agree. A pattern has a part for each part of the key, with the key's own separators:
 *   word    that word            *    a part that is no word: a number, a phone, an address
 *   word_*  word, then no word   **   any part at all
 * A word that ends a key with no star before it stands in one key only and may be somebody's name: it counts as no word.
 * docs/reference/redis-as-datasets.md says the same to people.
 */

/** What one record is: a whole key (`string`, `hash`), or one field, element, member or entry of it. */
export const REDIS_KINDS = ['string', 'hash', 'fields', 'list', 'set', 'zset', 'stream'] as const;
export type RedisKind = (typeof REDIS_KINDS)[number];

export interface RedisName {
  readonly db: number;
  /** The server's own type name, but `fields` for a hash whose fields are the records; others than RedisKind cannot be read. */
  readonly kind: string;
  /** The pattern of each part of a key. */
  readonly parts: readonly string[];
  /** What stands between them. */
  readonly separators: string;
}

const MOST_PARTS = 8;
const WORD = /^(?:[A-Za-z][A-Za-z_-]{0,39}|[vV]\d{1,2})$/;
const PREFIX = /^(?:[A-Za-z]{2,20}[_-])+/;

/** A key's parts and separators; what follows the eighth part stays together. */
export function splitRedisKey(key: string): { readonly parts: readonly string[]; readonly separators: string } {
  const parts: string[] = [];
  let separators = '';
  let from = 0;
  for (let at = 0; at < key.length && parts.length < MOST_PARTS - 1; at++) {
    const sign = key[at]!;
    if (sign !== ':' && sign !== '/' && sign !== '|') continue;
    parts.push(key.slice(from, at));
    separators += sign;
    from = at + 1;
  }
  return { parts: [...parts, key.slice(from)], separators };
}

/** The narrowest pattern of one part: the word itself, `word_*`, or `*`. */
export function partPattern(part: string): string {
  if (WORD.test(part)) return part;
  const prefix = part.includes('@') ? undefined : PREFIX.exec(part)?.[0];
  return prefix === undefined ? '*' : `${prefix}*`;
}

export function redisName({ db, kind, parts, separators }: RedisName): string {
  return `db${db}.${kind}.${join(parts, separators)}`;
}

/** Null for a text that is no such name. */
export function parseRedisName(dataset: string): RedisName | null {
  const [, db, kind, pattern] = /^db(\d+)\.([^.]+)\.(.*)$/s.exec(dataset) ?? [];
  return db === undefined ? null : { db: Number(db), kind: kind!, ...splitRedisKey(pattern!) };
}

/** What stands in place of the stars when a key belongs to the name; null when it does not. */
export function variableParts(name: RedisName, key: string): readonly string[] | null {
  const { parts, separators } = splitRedisKey(key);
  if (separators !== name.separators || parts.length !== name.parts.length) return null;
  const found: string[] = [];
  for (const [at, pattern] of name.parts.entries()) {
    const part = parts[at]!;
    const narrow = partPattern(part);
    const last = at === parts.length - 1 && found.length === 0 && !narrow.endsWith('*');
    if (pattern !== '**' && pattern !== (last ? '*' : narrow)) return null;
    if (pattern.endsWith('*')) found.push(part.slice(pattern.replace(/\*+$/, '').length));
  }
  return found;
}

/** The key with these parts in place of the stars. */
export function keyOfParts(name: RedisName, variable: readonly (string | null)[]): string {
  let at = 0;
  const parts = name.parts.map((pattern) => (pattern.endsWith('*') ? pattern.replace(/\*+$/, '') + (variable[at++] ?? '') : pattern));
  return join(parts, name.separators);
}

/** Column names of the stars: after the word before each, as `user_id` in `user:*`; `id` where there is none. */
export function partNames(name: RedisName): readonly string[] {
  const names: string[] = [];
  let word = '';
  for (const pattern of name.parts) {
    if (!pattern.endsWith('*')) {
      word = pattern;
      continue;
    }
    const own = pattern.replace(/[_-]?\*+$/, '') || word;
    const plain = own === '' || /id$/i.test(own) ? own || 'id' : `${own}_id`;
    let unique = plain;
    for (let n = 2; names.includes(unique); n++) unique = `${plain}_${n}`;
    names.push(unique);
    word = '';
  }
  return names;
}

/** The glob for SCAN's MATCH: it finds every key of the name, and may find others. */
export function scanGlob(name: RedisName): string {
  const parts = name.parts.map((pattern) => pattern.replace(/\*+$/, '*'));
  return join(parts, name.separators);
}

function join(parts: readonly string[], separators: string): string {
  return parts.map((part, at) => (at === 0 ? part : separators[at - 1]! + part)).join('');
}
