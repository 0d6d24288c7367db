// SPDX-License-Identifier: Apache-2.0

/** An object as its file spells it: texts opened, anything else in the file's own spelling. */
export type SpelledObject = ReadonlyMap<string, string>;

/**
 * Objects of a JSON array, or of a file with one object a line; null for what is neither. JSON.parse judges the text first, so that the
 * cutting at commas and brackets afterwards meets valid JSON only.
 */
export function jsonObjects(text: string): SpelledObject[] | null {
  const trimmed = text.trim();
  try {
    if (trimmed.startsWith('[')) {
      if (!Array.isArray(JSON.parse(trimmed))) return null;
      return valuesIn(trimmed, 0).map((value) => objectOf(value));
    }
    return trimmed.split(/\r\n|\r|\n/).flatMap((line) => (line.trim() === '' ? [] : [objectOf(checked(line.trim()))]));
  } catch {
    // Not JSON, or not objects: then it is a text like any other.
    return null;
  }
}

function checked(line: string): string {
  JSON.parse(line);
  return line;
}

function objectOf(source: string): SpelledObject {
  if (!source.startsWith('{')) throw new SyntaxError('not an object');
  const out = new Map<string, string>();
  for (const member of valuesIn(source, 0)) {
    const end = /^"(?:[^"\\]|\\.)*"/s.exec(member)?.[0].length ?? 0;
    const value = member.slice(end).replace(/^\s*:\s*/, '');
    out.set(JSON.parse(member.slice(0, end)) as string, value.startsWith('"') ? (JSON.parse(value) as string) : value);
  }
  return out;
}

/** The members of the array or object that a valid text is, between commas of the outermost level. */
function valuesIn(source: string, from: number): string[] {
  const out: string[] = [];
  let start = from + 1;
  let depth = 0;
  const tokens = /"(?:[^"\\]|\\.)*"|[[\]{},]/gs;
  tokens.lastIndex = from;
  for (let token = tokens.exec(source); token; token = tokens.exec(source)) {
    const sign = token[0];
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth === 0 || (depth === 1 && sign === ',')) {
      const value = source.slice(start, token.index).trim();
      if (value !== '') out.push(value);
      start = token.index + 1;
    }
    if (depth === 0) return out;
  }
  return out;
}
