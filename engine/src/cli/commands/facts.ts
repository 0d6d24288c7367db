// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { changeFacts, openConditions } from '../../journey/index.ts';
import { type CaseFacts, ROUTES, type Route, type SuccessorFacts } from '../../model/case.ts';
import { DEPARTMENTS } from '../../model/department.ts';
import { SECTORS, type Sector } from '../../model/law.ts';
import { CONDITION_ZH } from '../../model/terms.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { placeAndSize } from './case.ts';

const collect = (value: string, all: string[] | undefined) => [...(all ?? []), ...value.split(',')];

/** case facts: what the law must know of the company. */
export function factCommands(program: Command, session: () => Session): void {
  program
    .command('case')
    .description('案件事实 facts of the case')
    .command('facts')
    .option('--sector <list>', '行业', collect)
    .option('--route <route>', ROUTES.join(' | '))
    .option('--dissolution <date>', '解散事由出现日')
    .option('--region <code>', '住所地 CN-440300')
    .option('--user-count <n>', '处理多少人的个人信息')
    .option('--condition <list>', '已知成立的条件', collect)
    .option('--not-condition <list>', '已知不成立的条件', collect)
    .option('--reported <list>', '已经作出报告的规则 report rules that are done', collect)
    .option('--processor <list>', '受托处理者（标签）', collect)
    .option('--quorum <list>', '各部门须几人签字，如 legal:2,finance:1 officers of each department who must sign', collect)
    .option('--licence <list>', '许可', collect)
    .option('--successor <name>', '承接方名称')
    .option('--successor-contact <text>', '承接方联系方式')
    .option('--same-purpose', '承接方处理目的不变')
    .option('--notice-sent <date>', '已告知承接方名称和联系方式之日')
    .option('--separate-consent', '已取得单独同意')
    .option('--instruction <what>', '受托终止时委托方指示 return | delete')
    .option('--case <code>')
    .description('看或改案件事实；列出尚未回答的条件 see or set facts; lists the questions that are open')
    .action(async (o: FactOptions) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const { facts } = await ctx.store.record();
      const change = changeOf(o, facts);
      if (Object.keys(change).length > 0) await changing(ctx, () => changeFacts(ctx, change));
      await printFacts(s, ctx);
    });
}

interface FactOptions {
  sector?: string[];
  route?: string;
  dissolution?: string;
  region?: string;
  userCount?: string;
  condition?: string[];
  notCondition?: string[];
  reported?: string[];
  processor?: string[];
  licence?: string[];
  quorum?: string[];
  successor?: string;
  successorContact?: string;
  samePurpose?: boolean;
  noticeSent?: string;
  separateConsent?: boolean;
  instruction?: string;
  case?: string;
}

function changeOf(o: FactOptions, facts: CaseFacts): Partial<CaseFacts> {
  const wrong =
    o.sector?.find((x) => !(SECTORS as readonly string[]).includes(x)) ??
    (o.route && !(ROUTES as readonly string[]).includes(o.route) ? o.route : undefined);
  if (wrong !== undefined) throw new UsageError(`--sector, --route: ${wrong}`, EXIT.invalid);
  const conditions = merge(facts.conditions, o.condition, o.notCondition);
  const notConditions = merge(facts.notConditions, o.notCondition, o.condition);
  const successor = successorOf(o, facts.successor ?? null);
  return {
    ...(o.sector ? { sectors: o.sector as Sector[] } : {}),
    ...(o.route ? { route: o.route as Route } : {}),
    ...(o.dissolution ? { dissolution: day(o.dissolution) } : {}),
    ...placeAndSize(o),
    ...(o.condition || o.notCondition ? { conditions, notConditions } : {}),
    ...(o.reported ? { reported: merge(facts.reported ?? [], o.reported, []) } : {}),
    ...(o.processor ? { processors: o.processor } : {}),
    ...(o.licence ? { licences: o.licence } : {}),
    ...(successor ? { successor } : {}),
    ...(o.quorum ? { quorum: quorumFrom(o.quorum) } : {}),
  };
}

function quorumFrom(list: readonly string[]): NonNullable<CaseFacts['quorum']> {
  return Object.fromEntries(
    list.map((item) => {
      const [, department, n] = /^([a-z]+):([1-9])$/.exec(item) ?? [];
      if (department === undefined || !(DEPARTMENTS as readonly string[]).includes(department))
        throw new UsageError(`--quorum legal:2 (${item})`, EXIT.invalid);
      return [department, Number(n)];
    }),
  );
}

function merge(old: readonly string[], more: readonly string[] | undefined, less: readonly string[] | undefined): readonly string[] {
  return [...new Set([...old.filter((x) => !less?.includes(x)), ...(more ?? [])])];
}

function successorOf(o: FactOptions, old: SuccessorFacts | null): SuccessorFacts | null {
  if (o.instruction !== undefined && o.instruction !== 'return' && o.instruction !== 'delete')
    throw new UsageError('--instruction return | delete', EXIT.invalid);
  const change: SuccessorFacts = {
    ...(o.successor ? { name: o.successor } : {}),
    ...(o.successorContact ? { contact: o.successorContact } : {}),
    ...(o.samePurpose === undefined ? {} : { samePurpose: o.samePurpose }),
    ...(o.noticeSent ? { noticeSentOn: day(o.noticeSent) } : {}),
    ...(o.separateConsent === undefined ? {} : { separateConsent: o.separateConsent }),
    ...(o.instruction ? { instruction: o.instruction as 'return' | 'delete' } : {}),
  };
  return Object.keys(change).length === 0 ? null : { ...old, ...change };
}

/** A day as it was typed. Throws UsageError. */
export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) !== text)
    throw new UsageError('YYYY-MM-DD', EXIT.invalid);
  return text;
}

async function printFacts(s: Session, ctx: Awaited<ReturnType<typeof caseContext>>): Promise<void> {
  const { terminal: t } = s;
  const { facts } = await ctx.store.record();
  const open = await openConditions(ctx);
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.facts.v1', facts, open }));
  const zh = t.lang === 'zh';
  const text = (v: unknown) =>
    Array.isArray(v)
      ? v.map((x) => (typeof x === 'object' ? JSON.stringify(x) : String(x))).join(' ')
      : typeof v === 'object'
        ? JSON.stringify(v)
        : String(v);
  t.out(
    table(
      [zh ? '事实' : 'Fact', ''],
      Object.entries(facts).map(([k, v]) => [k, text(v)]),
      t,
    ),
  );
  if (open.length === 0) return t.out(zh ? '没有待回答的条件' : 'no open questions');
  t.out(zh ? '待回答的条件（不回答则相关记录停止处置）' : 'open questions (records wait for them)');
  t.out(
    table(
      [zh ? '条件' : 'Condition', '', zh ? '相关规则' : 'Rules'],
      open.map((c) => [c.condition, zh ? (CONDITION_ZH[c.condition] ?? '') : '', c.rules.join(' ')]),
      t,
    ),
  );
}
