// SPDX-License-Identifier: Apache-2.0
import { registerHooks } from 'node:module';
import { type Mutant, allMutants } from './list.ts';
import { allPass } from './small-vitest.ts';

/*
 * Runs the tests of law and plan against mutants, one after the other in this one process: modules of the engine are loaded anew under
 * `?mutant=N`, the changed one from memory. Arguments: first mutant, last mutant (exclusive), step; `-1` = the sound source.
 * Prints `N noticed` or `N survived` a line. A mutant that never ends hangs this process; the caller counts it as noticed.
 */
const ENGINE = new URL('../../../', import.meta.url);
/** The quick tests first; what they let pass meets the random cases. */
const QUICK = [
  'src/decide/plan/plan.test.ts',
  'src/decide/law/law.test.ts',
  'test/decide/own-pack.test.ts',
  'test/decide/opinions.test.ts',
  'test/decide/broken-cases.test.ts',
  'test/decide/worked-cases.test.ts',
];
const BY_EVALUATOR = ['test/decide/plan-properties.test.ts'];
const BY_BOTH = ['test/decide/plan-agrees.test.ts'];
/** Files through which no decision passes: random cases, which look at decisions only, cannot notice what they say. */
const WORDS = /(explain|opinion|compare-packs|check-pack|validate-rule|rule-fields|load-pack)[^/]*$/;
/** Files that only the SQL passes through. */
const SQL = /(compile-plan|retention-sql|columns|outcomes|profiles|\/sql)[^/]*$/;

function testsOf(file: string | undefined): readonly string[] {
  if (file !== undefined && WORDS.test(file)) return QUICK;
  return [...QUICK, ...(file !== undefined && SQL.test(file) ? [] : BY_EVALUATOR), ...BY_BOTH];
}

let current: (Mutant & { readonly url: string }) | null = null;
const tagOf = (url: string | undefined) => (url ? new URL(url).searchParams.get('mutant') : null);

/** What the tests ask of the door `journey/index.ts`, which opens on the whole engine. */
const DOOR = new URL('src/journey/index.ts', ENGINE).href;
const SMALL_DOOR = `export { judgeCase } from './judge-case.ts';\nexport { readWorkedCase } from './worked-case.ts';\n`;
/** Rooms that are loaded anew; the others neither change nor hold what changes. */
const ANEW = ['src/decide/law/', 'src/decide/plan/', 'src/journey/', 'test/decide/'].map((folder) => new URL(folder, ENGINE).href);

registerHooks({
  resolve(specifier, context, next) {
    const tag = tagOf(context.parentURL);
    if (tag === null) return next(specifier, context);
    if (specifier === 'vitest') return next('./small-vitest.ts', { ...context, parentURL: import.meta.url });
    if (specifier === '@duckdb/node-api') return next('./remembering-duckdb.ts', { ...context, parentURL: import.meta.url });
    const found = next(specifier, context);
    const anew = found.url.endsWith('.ts') && ANEW.some((folder) => found.url.startsWith(folder));
    return anew ? { ...found, url: `${found.url}?mutant=${tag}` } : found;
  },
  load(url, context, next) {
    const tag = tagOf(url);
    if (tag !== null && url === `${DOOR}?mutant=${tag}`) return { format: 'module', source: SMALL_DOOR, shortCircuit: true };
    if (current !== null && url === `${current.url}?mutant=${tag}`)
      return { format: 'module-typescript', source: current.source, shortCircuit: true };
    return next(url, context);
  },
});

async function isNoticed(tag: string): Promise<boolean> {
  for (const file of testsOf(current?.file)) {
    try {
      await import(`${new URL(file, ENGINE).href}?mutant=${tag}`);
    } catch {
      return true;
    }
    if (!(await allPass())) return true;
  }
  return false;
}

const [first, last, step] = process.argv.slice(2).map(Number) as [number, number, number];
const mutants = allMutants();
for (let n = first; n < Math.min(last, mutants.length); n += step) {
  const mutant = mutants[n];
  current = mutant ? { ...mutant, url: new URL(mutant.file.replace(/^engine\//, ''), ENGINE).href } : null;
  process.stdout.write(`${n} ${(await isNoticed(String(n))) ? 'noticed' : 'survived'}\n`);
}
