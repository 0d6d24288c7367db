// SPDX-License-Identifier: Apache-2.0

/** Which keys a dataset's name means, read from the name alone (docs/reference/redis-as-datasets.md). */
export interface Matcher {
  readonly dataset: string;
  readonly db: number;
  /** As the dataset's name has it. */
  readonly kind: string;
  /** The server's word. */
  readonly type: string;
  /** What stands for the stars; null when the key is not meant. */
  match(key: string): readonly string[] | null;
}

const FIXED = String.raw`[A-Za-z][A-Za-z_-]{0,39}|[vV]\d{1,2}`;
const STEM = String.raw`(?:[A-Za-z]{2,20}[_-])+`;

/** Null for a text that is no name of a Redis dataset. */
export function matcherOf(dataset: string): Matcher | null {
  const parsed = /^db(\d+)\.([^.]+)\.(.*)$/s.exec(dataset);
  if (!parsed) return null;
  const [, db, kind = '', pattern = ''] = parsed;
  const signs = pattern.split(/([:/|])/);
  const last = signs.length - 1;
  let stars = 0;
  const expression = signs.map((piece, at) => {
    if (at % 2 === 1) return escaped(piece);
    const any = at === last && at === 14 ? '.*' : '[^:/|]*';
    if (!piece.endsWith('*')) return escaped(piece);
    stars += 1;
    if (piece === '**') return `(${any})`;
    if (piece !== '*') return `${escaped(piece.slice(0, -1))}(${any})`;
    // A word ends a key only where no star stands before it, and is then as good as none.
    const fixed = at === last && stars === 1 ? '' : `(?!(?:${FIXED})${at === last ? '$' : '[:/|]'})`;
    return `${fixed}(${any})`;
  });
  const whole = new RegExp(`^${expression.join('')}$`, 's');
  const stems = signs.filter((_, at) => at % 2 === 0);
  return {
    dataset,
    db: Number(db),
    kind,
    type: kind === 'fields' ? 'hash' : kind,
    match(key) {
      const found = whole.exec(key);
      if (!found) return null;
      let group = 0;
      for (const stem of stems) {
        if (!stem.endsWith('*')) continue;
        const part = stem.slice(0, stem.length - (stem.endsWith('**') ? 2 : 1)) + found[(group += 1)]!;
        if (stem !== '**' && stemOf(part) !== stem.slice(0, -1)) return null;
      }
      return found.slice(1);
    },
  };
}

/** `user_info_12` begins with words that belong to its dataset's name. */
function stemOf(part: string): string {
  if (part.includes('@') || new RegExp(`^(?:${FIXED})$`).test(part)) return '';
  return new RegExp(`^${STEM}`).exec(part)?.[0] ?? '';
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
