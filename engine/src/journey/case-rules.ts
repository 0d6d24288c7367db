// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkPack, loadPack } from '../decide/law/index.ts';
import { writeDurable } from '../kit/index.ts';
import type { Rule } from '../model/law.ts';
import type { CaseContext } from './context.ts';

/** The rules of a case: those that ship, and the packs of its own (policy, contract, place, another country). Throws LawError. */
export function caseRules(ctx: { readonly folder: string }): readonly Rule[] {
  const folder = join(ctx.folder, 'packs');
  const files = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('.json')) : [];
  return files.toSorted().reduce((rules: readonly Rule[], file) => {
    const own = checkPack(JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown[], rules);
    return [...rules, ...own];
  }, loadPack());
}

/** Keeps a pack in the case folder under its name; one of that name is replaced. The pack was checked. */
export function keepPack(ctx: CaseContext, name: string, rules: readonly Rule[]): void {
  writeDurable(join(ctx.folder, 'packs', `${name}.json`), JSON.stringify(rules, null, 1) + '\n');
}

/** The rules of the case with a pack added or replaced, as yet on trial. Throws LawError. */
export function rulesWith(
  ctx: { readonly folder: string },
  name: string,
  pack: readonly unknown[],
): { own: readonly Rule[]; all: readonly Rule[] } {
  const folder = join(ctx.folder, 'packs');
  const file = join(folder, `${name}.json`);
  const replaced = new Set(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { id: string }[]).map((r) => r.id) : []);
  const others = caseRules(ctx).filter((r) => !replaced.has(r.id));
  const own = checkPack(pack, others);
  return { own, all: [...others, ...own] };
}
