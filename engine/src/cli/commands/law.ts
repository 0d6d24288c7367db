// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { readPackFile } from '../../config/index.ts';
import {
  LawError,
  addPack,
  checkPack,
  caseRules,
  comparePacks,
  decideRules,
  explainRule,
  loadPack,
  rulesWith,
  whatIf,
} from '../../journey/index.ts';
import { citeRule } from '../../model/cite.ts';
import type { Rule } from '../../model/law.ts';
import { periodText } from '../../model/period-text.ts';
import { EXIT } from '../exit.ts';
import { printMoves } from '../print/moves.ts';
import { cut, table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { printStatus } from './case.ts';

/** law: what the rules are, how packs differ, and what Legal says of them. */
export function lawCommands(program: Command, session: () => Session): void {
  const law = program.command('law').description('规则 rules');

  law
    .command('list')
    .option('--sector <sector>', '行业')
    .option('--class <class>', '业务类别 record class')
    .option('--decides <kind>', 'hard | confirm | info')
    .option('--effect <effect>', 'retain | delete-on-event | handover …')
    .option('--day <date>', '该日有效的 in force on the day')
    .option('--case <code>', '含本案自有规则包 with the packs of the case')
    .description('列出规则 list rules')
    .action(async (o: ListOptions) => {
      const s = session();
      printRules(
        s,
        (await rulesFor(s, o.case)).filter((r) => isWanted(r, o)),
      );
    });

  law
    .command('search')
    .argument('<words...>')
    .option('--case <code>')
    .description('按编号、法律名称、摘要查找 find rules by id, law or summary')
    .action(async (words: string[], o: { case?: string }) => {
      const s = session();
      const found = (await rulesFor(s, o.case)).filter((r) => words.every((w) => textOf(r).includes(w.toLowerCase())));
      printRules(s, found);
      if (found.length === 0) process.exitCode = EXIT.notFound;
    });

  law
    .command('explain')
    .argument('<id>')
    .option('--case <code>')
    .description('一条规则说什么、能否据以处置、依据何在 what a rule says and rests on')
    .action(async (id: string, o: { case?: string }) => {
      const s = session();
      const rules = await rulesFor(s, o.case);
      const rule = rules.find((r) => r.id === id);
      if (!rule) throw new UsageError(s.terminal.lang === 'zh' ? `没有这条规则：${id}` : `no such rule: ${id}`, EXIT.notFound);
      if (s.terminal.json) return s.terminal.out(JSON.stringify(rule));
      for (const line of explainRule(rule, rules, s.terminal.lang)) s.terminal.out(line);
    });

  law
    .command('diff')
    .argument('<file>', '规则包文件 a pack file')
    .option('--case <code>', '并列出会变动的记录 and the records that would move')
    .description('规则包与现有规则的差别 how a pack differs from the rules in use')
    .action(async (file: string, o: { case?: string }) => {
      const s = session();
      const known = await rulesFor(s, o.case);
      const { all } = checked(file, null, known);
      const changes = comparePacks(known, all);
      if (s.terminal.json) s.terminal.out(JSON.stringify(changes));
      else
        for (const c of changes) s.terminal.out([c.id, c.kind, ...c.fields.map((f) => `${f.field}: ${f.before} → ${f.after}`)].join('  '));
      if (o.case !== undefined) printMoves(s, await whatIf(await caseContext(s, o.case), { rules: all }));
    });

  law
    .command('add')
    .argument('<file>', 'JSON 或 YAML a list of rules')
    .option('--name <name>', '规则包名 name of the pack')
    .option('--case <code>')
    .description('为本案加入自有规则包，并列出会变动的记录 add a pack to the case; lists what moves')
    .action(async (file: string, o: { name?: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const name = o.name ?? basename(file, extname(file));
      if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new UsageError('--name a-z 0-9 -', EXIT.invalid);
      const { all, rows } = checked(file, ctx, [], name);
      if ((await ctx.store.segments('plan')).length > 0) printMoves(s, await whatIf(ctx, { rules: all }));
      const own = await changing(ctx, () => addPack(ctx, name, rows));
      printRules(s, own);
    });

  for (const [name, verdict] of [
    ['confirm', 'confirmed'],
    ['refuse', 'refused'],
  ] as const) {
    law
      .command(name)
      .argument('<rules...>')
      .requiredOption('--as <label>', '法务签字人 the Legal officer')
      .option('--why <text>', '理由 ground')
      .option('--source <text>', '所据文本 what was read')
      .option('--case <code>')
      .description(
        verdict === 'confirmed'
          ? '法务为本案确认规则，可一次多条 Legal confirms rules for this case'
          : '法务为本案否定规则 Legal refuses rules',
      )
      .action(async (rules: string[], o: { as: string; why?: string; source?: string; case?: string }) => {
        const s = session();
        const ctx = await caseContext(s, o.case);
        const ground = { ...(o.why ? { why: o.why } : {}), ...(o.source ? { source: o.source } : {}) };
        await changing(ctx, () => decideRules(ctx, { rules: rules.flatMap((r) => r.split(',')), verdict, by: o.as, ...ground }));
        await printStatus(s, ctx.code);
      });
  }
}

interface ListOptions {
  sector?: string;
  class?: string;
  decides?: string;
  effect?: string;
  day?: string;
  case?: string;
}
async function rulesFor(s: Session, code: string | undefined): Promise<readonly Rule[]> {
  return code === undefined ? loadPack() : caseRules(await (await s.open()).context(code, ''));
}

/** A pack file checked against the rules it joins. A fault is told with file and line. */
function checked(
  file: string,
  ctx: { readonly folder: string } | null,
  known: readonly Rule[],
  name = '',
): { all: readonly Rule[]; rows: readonly unknown[] } {
  const { rows, where } = readPackFile(readFileSync(file, 'utf8'), file);
  try {
    if (ctx !== null) return { all: rulesWith(ctx, name, rows).all, rows };
    // A row with the id of a known rule takes its place, so that a new edition of a pack can be compared with the old.
    const ids = new Set(rows.map((r) => (r as { id?: unknown } | null)?.id));
    const rest = known.filter((r) => !ids.has(r.id));
    return { all: [...rest, ...checkPack(rows, rest)], rows };
  } catch (error) {
    if (!(error instanceof LawError)) throw error;
    const { rule, field, row } = error.details;
    throw new UsageError(`${row === null ? file : where(row, field)}: ${error.code} — ${rule} ${field}`, EXIT.invalid);
  }
}

function isWanted(r: Rule, o: ListOptions): boolean {
  return (
    (o.sector === undefined || r.sectors.some((s) => s === o.sector || s === 'all')) &&
    (o.class === undefined || r.recordClasses.some((c) => c === o.class || c.startsWith('any-'))) &&
    (o.decides === undefined || r.decides === o.decides) &&
    (o.effect === undefined || r.effect === o.effect) &&
    (o.day === undefined || ((r.inForceFrom ?? '') <= o.day && (r.inForceTo ?? '9999-12-31') >= o.day))
  );
}

function textOf(r: Rule): string {
  return [r.id, r.law, r.lawEn, r.article, r.summaryZh, r.summaryEn, r.noteZh ?? ''].join(' ').toLowerCase();
}

const MAY_DECIDE: Readonly<Record<Rule['decides'], readonly [zh: string, en: string]>> = {
  hard: ['可以直接适用', 'yes'],
  confirm: ['须经法务确认', 'once confirmed'],
  info: ['仅供参考', 'no'],
};

function printRules({ terminal: t }: Session, rules: readonly Rule[]): void {
  if (t.json) return t.out(JSON.stringify(rules));
  const zh = t.lang === 'zh';
  const lang = zh ? 'zh' : 'en';
  const room = Math.max(24, t.columns - 74);
  const rows = rules.map((r) => [
    r.id,
    MAY_DECIDE[r.decides][zh ? 0 : 1],
    r.startEvent === 'permanent' ? (zh ? '永久' : 'permanent') : (periodText(r.period, r.bound, lang) ?? ''),
    cut(citeRule(r, lang), 34),
    cut(zh ? r.summaryZh : r.summaryEn, room),
  ]);
  t.out(table(zh ? ['编号', '能否据以处置', '期限', '条文', '摘要'] : ['Id', 'May decide', 'Period', 'Provision', 'Summary'], rows, t));
  t.note(zh ? `共 ${rules.length} 条` : `${rules.length} rules`);
}
