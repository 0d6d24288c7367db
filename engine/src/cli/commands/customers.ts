// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  customerOverview,
  type Meant,
  decideIdentity,
  explainCustomer,
  listRule,
  qualityReport,
  reviewList,
  setTierRule,
  tierRule,
} from '../../journey/index.ts';
import type { RecordClass } from '../../model/law.ts';
import { DEFAULT_TIER_RULE, type TierRule } from '../../model/subject.ts';
import { EXIT } from '../exit.ts';
import { printCustomer, printDecisions, printOverview, printQuality, printReviews, printTier } from '../print/customers.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';

type Context = Awaited<ReturnType<typeof caseContext>>;

/** customers, and quality: who the customers are, why records are one customer's, and what is wrong in the records. */
export function customerCommands(program: Command, session: () => Session): void {
  const customers = program
    .command('customers')
    .option('--case <code>')
    .description('客户：按类型与等级；待认定的标识 customers by kind and tier, and what waits for a person')
    .action(async (o: { case?: string }) => {
      const s = session();
      printOverview(s, await customerOverview(await caseContext(s, o.case)));
    });
  // An option that the parent has too is the parent's, wherever it stands.
  const named = (o: { case?: string }) => o.case ?? customers.opts<{ case?: string }>().case;
  customers
    .command('explain')
    .argument('<ref>', '客户序号，或 数据集:主键 number of a customer, or dataset:key')
    .option('--case <code>')
    .description('这些记录为何是同一客户 why these records are one customer')
    .action(async (ref: string, o: { case?: string }) => {
      const s = session();
      printCustomer(s, await explainCustomer(await caseContext(s, named(o)), ref));
    });
  customers
    .command('review')
    .option('--limit <n>', '最多列出几项 how many at most', '50')
    .option('--case <code>')
    .description('没有据以合并、待人工认定的标识 identifiers that joined nobody and wait for a person')
    .action(async (o: { case?: string; limit: string }) => {
      const s = session();
      const list = await reviewList(await caseContext(s, named(o)), whole('--limit', o.limit));
      printReviews(s, list);
      if (list.total > 0) process.exitCode = EXIT.findings;
    });
  customers
    .command('decide')
    .argument('<ref...>', '一个或多个标识编号，或两条记录 数据集:主键 references of identifiers, or two records as dataset:key')
    .option('--same', '是同一主体 the same')
    .option('--different', '不是同一主体 not the same')
    .requiredOption('--why <text>', '理由，不写姓名和号码 why, without names and numbers')
    .requiredOption('--as <label>', '认定人（签字人标签）the officer who decides')
    .option('--case <code>')
    .description('认定是否同一主体；重新清点后仍有效 decide whether they are one; it survives a new inventory')
    .action(async (refs: string[], o: DecideOptions) => {
      if ((o.same === true) === (o.different === true)) throw new UsageError('--same | --different');
      const s = session();
      const ctx = await caseContext(s, named(o));
      const about = meantBy(refs);
      const decisions = await changing(ctx, () => decideIdentity(ctx, { about, same: o.same === true, why: o.why, by: o.as }));
      s.terminal.settle();
      printDecisions(s, decisions);
    });
  customers
    .command('tier')
    .option('--count <n>', '至少几条记录 at least so many records')
    .option('--class <list>', '业务类别，用于 --count record classes')
    .option('--amount <column>', '金额所在的列 源/数据集.列 a column of amounts')
    .option('--at-least <n>', '合计至少 sum of at least, with --amount')
    .option('--day <column>', '金额的日期列 the day of an amount')
    .option('--months <n>', '最近几个月 in the last months')
    .option('--column <column>', '等级所在的列 源/数据集.列 a column that says it')
    .option('--values <list>', '算核心的值，用于 --column values that mean core')
    .option('--list <file>', '名单，每行一个客户编号、手机号、邮箱或证件号 a list, one identifier a line')
    .option('--default', '恢复缺省规则 the default again')
    .option('--case <code>')
    .description('核心客户的规则：看或设 the rule for core customers: see or set')
    .action(async (o: TierOptions) => {
      const s = session();
      const ctx = await caseContext(s, named(o));
      const rule = ruleOf(ctx, o);
      if (rule !== undefined) await changing(ctx, () => setTierRule(ctx, rule));
      s.terminal.settle();
      printTier(s, await tierRule(ctx));
    });

  program
    .command('quality')
    .option('--case <code>')
    .description('数据质量：校验位、日期、系统间矛盾、重复 check digits, dates, contradictions, duplicates')
    .action(async (o: { case?: string }) => {
      const s = session();
      const lines = await qualityReport(await caseContext(s, o.case));
      printQuality(s, lines);
      if (lines.some((l) => l.decide)) process.exitCode = EXIT.findings;
    });
}

interface DecideOptions {
  same?: boolean;
  different?: boolean;
  why: string;
  as: string;
  case?: string;
}
interface TierOptions {
  count?: string;
  class?: string;
  amount?: string;
  atLeast?: string;
  day?: string;
  months?: string;
  column?: string;
  values?: string;
  list?: string;
  default?: boolean;
  case?: string;
}

/** Identifiers one by one, or two records together. */
function meantBy(refs: readonly string[]): readonly Meant[] {
  const records = refs.filter((ref) => ref.includes(':'));
  if (records.length === 0) return refs.map((ref) => [ref] as const);
  const [left, right] = records;
  if (records.length !== 2 || refs.length !== 2) throw new UsageError('REF… | DATASET:KEY DATASET:KEY');
  return [[left!, right!]];
}

/** The rule that the options ask for; null = the default, undefined = only look. Exactly one kind may be asked for. */
function ruleOf(ctx: Context, o: TierOptions): TierRule | null | undefined {
  const asked = [o.count, o.amount, o.column, o.list, o.default].filter((x) => x !== undefined);
  if (asked.length === 0) return undefined;
  if (asked.length > 1) throw new UsageError('--count | --amount | --column | --list | --default');
  if (o.default) return null;
  const months = o.months === undefined ? null : whole('--months', o.months);
  if (o.count !== undefined && DEFAULT_TIER_RULE.by === 'count')
    return {
      by: 'count',
      classes: o.class === undefined ? DEFAULT_TIER_RULE.classes : (o.class.split(',') as RecordClass[]),
      months: months ?? DEFAULT_TIER_RULE.months,
      atLeast: whole('--count', o.count),
    };
  if (o.amount !== undefined) {
    if (o.atLeast === undefined || !(Number(o.atLeast) > 0)) throw new UsageError('--at-least N');
    if ((months === null) !== (o.day === undefined)) throw new UsageError('--months N --day COLUMN');
    return { by: 'amount', ...column('--amount', o.amount), day: o.day ?? null, months, atLeast: Number(o.atLeast) };
  }
  if (o.column !== undefined) {
    if (o.values === undefined) throw new UsageError('--values A,B');
    return { by: 'column', ...column('--column', o.column), values: o.values.split(',').map((v) => v.trim()) };
  }
  const entries = readFileSync(o.list!, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  if (entries.length === 0) throw new UsageError(`--list ${o.list!}: 0`, EXIT.invalid);
  return listRule(ctx, entries);
}

/** `source/dataset.column`: a dataset's name may hold dots, a column's does not. */
function column(option: string, text: string): { dataset: string; column: string } {
  const at = text.lastIndexOf('.');
  if (at < 1 || !text.includes('/')) throw new UsageError(`${option} source/dataset.column`);
  return { dataset: text.slice(0, at), column: text.slice(at + 1) };
}

function whole(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${option} 1…`, EXIT.invalid);
  return Number(text);
}
