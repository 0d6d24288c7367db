// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const ROOMS = ['engine/src/decide/law', 'engine/src/decide/plan'];

/** What is changed into what. Strings, comments and types are left alone: a mutant must be able to run. */
const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ < (?=[a-z])/g, ' <= '],
  [/ > (?=[a-z])/g, ' >= '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\? 'TRUE' : 'FALSE'/g, "? 'FALSE' : 'TRUE'"],
];

/** One operator of one line changed. */
export interface Mutant {
  readonly file: string;
  /** The whole file with the change. */
  readonly source: string;
  /** `file | line | line as changed`: how the list of survivors names it. */
  readonly name: string;
}

/** Every mutant of law and plan, in the order of the files. */
export function allMutants(): Mutant[] {
  return ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room))
      .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
      .flatMap((f) => mutantsOf(`${room}/${f}`)),
  );
}

function mutantsOf(file: string): Mutant[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    if (/^(\*|\/\/|\/\*|import |export type|type |readonly |\| )/.test(text.trim())) return [];
    return OPERATORS.flatMap(([from, to]) =>
      [...text.matchAll(from)]
        .filter((m) => !insideText(text, m.index))
        .map((m) => {
          const changed = text.slice(0, m.index) + to + text.slice(m.index + m[0].length);
          return { file, source: lines.with(i, changed).join('\n'), name: `${file} | ${text.trim()} | ${changed.trim()}` };
        }),
    );
  });
}

/** An odd number of quotes before it: the operator is part of a message or of SQL text, which the SQL comparison covers by its own. */
function insideText(line: string, at: number): boolean {
  return (line.slice(0, at).match(/(?<!\\)'/g)?.length ?? 0) % 2 === 1;
}
