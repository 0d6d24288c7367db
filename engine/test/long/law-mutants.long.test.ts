// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/*
 * Mutation testing of law and plan. One operator of one line is changed in a copy of the workspace, and the tests of the two rooms must
 * notice. A survivor is a hole in the tests unless SURVIVORS below says why it can mean nothing else.
 * SHANHOU_MUTANTS=N takes every N-th mutant (default 1 = all).
 */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ROOMS = ['engine/src/decide/law', 'engine/src/decide/plan'];
/** The quick tests first; what they let pass meets the random cases. */
const STAGES: readonly (readonly string[])[] = [
  ['engine/src/decide/law', 'engine/src/decide/plan', 'engine/test/decide/worked-cases.test.ts', 'engine/test/decide/own-pack.test.ts'],
  ['engine/test/decide/plan-agrees.test.ts', 'engine/test/decide/plan-properties.test.ts'],
];

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

/** Mutants that change nothing that anybody could see, and why. Key: file, line text, replacement. */
const SURVIVORS: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('law-survivors.json', import.meta.url), 'utf8'),
) as Record<string, string>;

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

function mutantsOf(file: string): Mutant[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    const code = text.trim();
    if (/^(\*|\/\/|\/\*|import |export type|type |readonly |\| )/.test(code)) return [];
    return OPERATORS.flatMap(([from, to]) =>
      [...text.matchAll(from)]
        .filter((m) => !insideText(text, m.index))
        .map((m) => ({ file, line: i, before: text, after: text.slice(0, m.index) + to + text.slice(m.index + m[0].length) })),
    );
  });
}

/** An odd number of quotes before it: the operator is part of a message or of SQL text, which the SQL comparison covers by its own. */
function insideText(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return (before.match(/(?<!\\)'/g)?.length ?? 0) % 2 === 1;
}

function copyOfWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shanhou-mutants-'));
  for (const part of ['engine', 'proof', 'docs', 'package.json', 'vitest.config.ts', 'tsconfig.base.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(folder, part), {
      recursive: true,
      filter: (from) => !relative(ROOT, from).split('/').includes('node_modules'),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function isNoticed(folder: string): Promise<boolean> {
  for (const tests of STAGES) {
    const passes = await promisify(execFile)('npx', ['vitest', 'run', '--bail', '1', ...tests], { cwd: folder, timeout: 300_000 }).then(
      () => true,
      () => false,
    );
    if (!passes) return true;
  }
  return false;
}

test('every changed operator of law and plan is noticed by a test, or is listed with its reason', async () => {
  const folder = copyOfWorkspace();
  const every = Number(process.env['SHANHOU_MUTANTS'] ?? 1);
  const files = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room))
      .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
      .map((f) => `${room}/${f}`),
  );
  const mutants = files.flatMap(mutantsOf).filter((_, i) => i % every === 0);
  const survived: string[] = [];
  try {
    for (const { file, line, before, after } of mutants) {
      const path = join(folder, file);
      const original = readFileSync(path, 'utf8');
      const lines = original.split('\n');
      lines[line] = after;
      writeFileSync(path, lines.join('\n'));
      const noticed = await isNoticed(folder);
      writeFileSync(path, original);
      if (!noticed) survived.push(`${file} | ${before.trim()} | ${after.trim()}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const report = { mutants: mutants.length, noticed: mutants.length - survived.length, survived };
  const out = join(ROOT, 'docs/measured');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'law-mutants.json'), JSON.stringify(report, null, 1) + '\n');
  expect(survived.filter((s) => SURVIVORS[s] === undefined)).toEqual([]);
});
