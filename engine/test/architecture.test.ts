// SPDX-License-Identifier: Apache-2.0
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CRASH_POINTS } from '../src/model/crash-point.ts';

/*
 * Who may import whom (ARCHITECTURE.md). A value import is one that survives type stripping. Every guard has a planted
 * violation that it must catch.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Rule {
  /** Folders of ours whose values may be imported; `index` allows only a room's door. */
  readonly ours: readonly string[];
  /** npm packages and node modules; `node:*` allows every built-in. */
  readonly npm: readonly string[];
}

const DECIDER_BANS = [/\bDate\.now\(/, /\bnew Date\(\)/, /\bprocess\.env\b/, /\bMath\.random\(/, /\brandomBytes\(/, /\bfetch\(/];
const PURE = ['engine/src/model', 'engine/src/find/classify', 'engine/src/find/resolve', 'engine/src/decide', 'engine/src/govern/risks'];

const ROOM: Rule = { ours: ['model', 'kit'], npm: ['node:*'] };
const DECIDER: Rule = { ours: ['model', 'kit'], npm: [] };
const DRIVERS = ['pg', 'pg-cursor', 'mysql2', '@redis/client', '@cj-tech-master/excelts', 'node:*'];
const RULES: Readonly<Record<string, Rule>> = {
  'proof/src': { ours: [], npm: ['@noble/curves', '@noble/hashes', 'pkijs', 'asn1js'] },
  'engine/src/model': { ours: [], npm: [] },
  'engine/src/kit': { ours: ['model'], npm: ['node:*', '@noble/hashes', '@noble/curves'] },
  'engine/src/find/connect': { ours: ['model', 'kit'], npm: [...DRIVERS, 'mailparser', 'unpdf'] },
  'engine/src/find/discover': ROOM,
  'engine/src/find/classify': DECIDER,
  'engine/src/find/resolve': DECIDER,
  'engine/src/find/inventory': { ours: ['model', 'kit'], npm: ['@duckdb/node-api', 'node:*'] },
  'engine/src/decide/law': DECIDER,
  'engine/src/decide/contracts': DECIDER,
  'engine/src/decide/plan': DECIDER,
  'engine/src/decide/approve': DECIDER,
  'engine/src/decide/timeline': DECIDER,
  'engine/src/tell/notify': { ours: ['model', 'kit'], npm: ['nodemailer', 'imapflow', 'mailparser', 'node:*'] },
  'engine/src/tell/documents': {
    ours: ['model', 'kit'],
    npm: ['@myriaddreamin/typst-ts-node-compiler', '@cj-tech-master/excelts', 'docx', 'node:*'],
  },
  'engine/src/act/vault': { ours: ['model', 'kit'], npm: ['age-encryption', '@shanhou/proof', 'node:*'] },
  'engine/src/act/instruct': DECIDER,
  'engine/src/act/execute': { ours: ['model', 'kit'], npm: DRIVERS },
  'engine/src/act/verify': { ours: ['model', 'kit'], npm: ['pg', 'pg-cursor', 'mysql2', '@redis/client', 'unpdf', 'node:*'] },
  'engine/src/govern/risks': DECIDER,
  'engine/src/prove/evidence': { ours: ['model', 'kit'], npm: ['@shanhou/proof', 'node:*'] },
  'engine/src/journey': {
    ours: ['model', 'kit', 'api', 'find/*/index', 'decide/*/index', 'tell/*/index', 'act/*/index', 'prove/*/index', 'govern/*/index'],
    npm: ['pg-boss', 'node:*'],
  },
  'engine/src/store': { ours: ['model', 'kit'], npm: ['pg', 'node:*'] },
  'engine/src/api': { ours: ['model'], npm: ['typebox'] },
  'engine/src/config': { ours: ['model'], npm: ['yaml', 'node:*'] },
  'engine/src/sample': { ours: ['model', 'kit'], npm: [...DRIVERS, 'smtp-server'] },
  'engine/src/cli': {
    ours: ['model', 'kit', 'api', 'config', 'journey/index'],
    npm: ['commander', '@clack/prompts', 'cli-table3', 'node:*'],
  },
  'engine/src/assemble.ts': {
    ours: ['model', 'kit', 'api', 'config/index', 'journey/index', 'store/index', 'sample/index'],
    npm: ['node:*'],
  },
  'console/src': { ours: ['api'], npm: ['@shanhou/engine', 'node:*'] },
};

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every violation as a sentence. */
export function violations(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(importViolations), ...files.flatMap(purityViolations), ...cycles(files).map((c) => `cycle: ${c.join(' → ')}`)];
}

function roomOf(path: string): string | undefined {
  return Object.keys(RULES)
    .filter((room) => path === room || path.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

function valueImports(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const found: string[] = [];
  for (const m of code.matchAll(/^\s*(?:import|export)\s+(?!type\b)([\s\S]*?)\s+from\s+'([^']+)'/gm)) {
    const names = m[1]!.startsWith('{')
      ? m[1]!
          .slice(1, -1)
          .split(',')
          .map((n) => n.trim())
          .filter(Boolean)
      : ['value'];
    if (names.some((n) => !n.startsWith('type '))) found.push(m[2]!);
  }
  for (const m of code.matchAll(/^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm)) found.push((m[1] ?? m[2])!);
  return found;
}

function importViolations(file: SourceFile): string[] {
  const room = roomOf(file.path);
  if (room === undefined) return [`${file.path} is in no room`];
  const rule = RULES[room]!;
  const out: string[] = [];
  for (const target of valueImports(file.text)) {
    if (target.startsWith('.')) {
      const path = relative(ROOT, resolve(ROOT, dirname(file.path), target));
      const other = roomOf(path);
      if (other === room) continue;
      const own = path.replace(/^engine\/src\//, '').replace(/\.ts$/, '');
      const allowed = rule.ours.some((o) =>
        o.includes('/') ? new RegExp(`^${o.replaceAll('*', '[^/]+')}$`).test(own) : own.startsWith(`${o}/`),
      );
      if (!allowed && !(file.path === 'engine/src/cli/main.ts' && own === 'assemble')) out.push(`${file.path} imports ${path}`);
    } else {
      const name = target.startsWith('node:')
        ? target
        : target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/');
      const allowed = rule.npm.includes(name) || (name.startsWith('node:') && rule.npm.includes('node:*'));
      const proofCli = file.path === 'proof/src/cli.ts' && name.startsWith('node:');
      if (!allowed && !proofCli) out.push(`${file.path} imports ${name}`);
    }
  }
  return out;
}

function purityViolations(file: SourceFile): string[] {
  if (!PURE.some((p) => file.path.startsWith(`${p}/`))) return [];
  return DECIDER_BANS.filter((ban) => ban.test(file.text)).map((ban) => `${file.path} reads the world: ${ban.source}`);
}

function cycles(files: readonly SourceFile[]): string[][] {
  const graph = new Map(
    files.map((f) => [
      f.path,
      valueImports(f.text)
        .filter((t) => t.startsWith('.'))
        .map((t) => relative(ROOT, resolve(ROOT, dirname(f.path), t))),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const visit = (path: string, trail: string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') return void found.push([...trail.slice(trail.indexOf(path)), path]);
    state.set(path, 'open');
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

function sources(): SourceFile[] {
  return ['proof/src', 'engine/src', 'console/src'].flatMap((folder) =>
    (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => ({ path: join(folder, name), text: readFileSync(join(ROOT, folder, name), 'utf8') })),
  );
}

describe('the import table', () => {
  test('holds for every source file', () => {
    expect(violations(sources())).toEqual([]);
  });

  test.each([
    ['a room that imports another room', 'engine/src/act/verify/x.ts', "import { openEraser } from '../execute/index.ts';"],
    ['a room that re-exports another room', 'engine/src/act/verify/x.ts', "export { openEraser } from '../execute/index.ts';"],
    ['a dynamic import across rooms', 'engine/src/act/verify/x.ts', "const x = await import('../execute/index.ts');"],
    ['a package outside the table', 'engine/src/decide/plan/x.ts', "import pg from 'pg';"],
    ['a decider that opens a file', 'engine/src/decide/plan/x.ts', "import { readFileSync } from 'node:fs';"],
    ['a decider that reads the clock', 'engine/src/decide/plan/x.ts', 'export const now = () => Date.now();'],
    ['a journey that goes round a door', 'engine/src/journey/x.ts', "import { y } from '../act/execute/execute-chunk.ts';"],
    ['a checker that touches node outside its cli', 'proof/src/x.ts', "import { readFileSync } from 'node:fs';"],
    ['a command that assembles', 'engine/src/cli/commands/x.ts', "import { assemble } from '../../assemble.ts';"],
    ['a file in no room', 'engine/src/misc/x.ts', 'export const x = 1;'],
  ])('catches %s', (_, path, text) => {
    expect(violations([{ path, text }])).not.toEqual([]);
  });

  test('lets types through', () => {
    expect(
      violations([
        {
          path: 'engine/src/store/x.ts',
          text: "import type { CaseStore } from '../journey/ports.ts';\nimport { type A } from '../journey/ports.ts';",
        },
      ]),
    ).toEqual([]);
  });

  test('catches a cycle of values', () => {
    const a = { path: 'engine/src/kit/a.ts', text: "import { b } from './b.ts';" };
    const b = { path: 'engine/src/kit/b.ts', text: "import { a } from './a.ts';" };
    expect(violations([a, b])).toEqual([expect.stringContaining('cycle')]);
  });
});

describe('house rules', () => {
  test('every crash point is passed in exactly one place', () => {
    const all = sources().filter((f) => !f.path.endsWith('crash-point.ts'));
    const counts = Object.fromEntries(
      CRASH_POINTS.map((name) => [name, all.flatMap((f) => f.text.split('\n')).filter((line) => line.includes(`crash('${name}')`)).length]),
    );
    expect(counts).toEqual(Object.fromEntries(CRASH_POINTS.map((name) => [name, 1])));
  });

  test('every file names its licence and has at most 400 lines', () => {
    const bad = sources().filter((f) => !f.text.startsWith('// SPDX-License-Identifier: Apache-2.0') || f.text.split('\n').length > 401);
    expect(bad.map((f) => f.path)).toEqual([]);
  });

  test('every room has a door and a README', () => {
    const rooms = Object.keys(RULES).filter((r) => /\/(find|decide|tell|act|prove|govern)\//.test(r));
    const lacking = rooms.flatMap((r) =>
      ['index.ts', 'README.md'].filter((name) => !readdirSync(join(ROOT, r)).includes(name)).map((name) => `${r}/${name}`),
    );
    expect(lacking).toEqual([]);
  });
});
