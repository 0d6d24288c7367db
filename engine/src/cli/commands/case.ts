// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { addOfficer, addSource, caseSummary, leaveSourceOut, openCase } from '../../journey/index.ts';
import { legalDay } from '../../kit/index.ts';
import { type CaseFacts, ROUTES, type Route } from '../../model/case.ts';
import { DEPARTMENTS, type Department } from '../../model/department.ts';
import { SECTORS, type Sector } from '../../model/law.ts';
import { SOURCE_KINDS, type SourceKind } from '../../model/source.ts';
import { EXIT } from '../exit.ts';
import { printSummary } from '../print/summary.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing, passphrase, pickCase } from '../session.ts';

const collect = (value: string, all: string[]) => [...all, ...value.split(',')];

/** init, source, officer, status: the facts of a case and where it stands. */
export function caseCommands(program: Command, session: () => Session): void {
  program
    .command('init')
    .argument('<code>', '案件编号 case code, e.g. ACME-2026')
    .requiredOption('--company <name>', '公司名称 company')
    .option('--sector <list>', `行业 sectors: ${SECTORS.slice(1, 8).join(' ')} …`, collect, [])
    .option('--route <route>', `${ROUTES.join(' | ')}`, 'liquidation')
    .option('--dissolution <date>', '解散事由出现日 YYYY-MM-DD')
    .option('--role <role>', 'controller | processor', 'controller')
    .option('--region <code>', '住所地行政区划 seat, e.g. CN-440300')
    .option('--user-count <n>', '处理多少人的个人信息 persons whose information is held')
    .option('--condition <list>', '已知成立的条件 conditions that hold (docs/reference/rule-pack.md)', collect, [])
    .option('--not-condition <list>', '已知不成立的条件 conditions that do not hold', collect, [])
    .description('开立案件 open a case')
    .action(async (code: string, o: InitOptions) => {
      const s = session();
      if (!/^[A-Z0-9][A-Z0-9-]{1,31}$/.test(code))
        throw new UsageError(
          s.terminal.lang === 'zh' ? '案件编号用大写字母、数字和连字符，2–32 位' : 'a case code is 2–32 capitals, digits and hyphens',
        );
      const assembly = await s.open();
      await openCase(assembly.directory, assembly.clock, {
        code,
        company: o.company,
        facts: factsFrom(s, o, legalDay(assembly.clock.now())),
        demo: false,
        clockStart: null,
      });
      const ctx = await assembly.context(code, await passphrase(s));
      ctx.keys.ensure('inventory');
      await printStatus(s, code);
    });

  const source = program.command('source').description('数据源 sources');
  source
    .command('add')
    .argument('<name>')
    .requiredOption('--kind <kind>', SOURCE_KINDS.join(' | '))
    .requiredOption('--at <locator>', '文件路径，或 postgres://host:port/db，mysql://host:port/db，redis://host:port')
    .option('--read <ref>', '只读账号 env:NAME | file:PATH（内容 user:password）')
    .option('--erase <ref>', '删除账号 credential for execute')
    .option('--verify <ref>', '复核账号 credential for verify')
    .option('--case <code>')
    .description('加入数据源 add a source')
    .action(async (name: string, o: { kind: string; at: string; read?: string; erase?: string; verify?: string; case?: string }) => {
      const s = session();
      if (!(SOURCE_KINDS as readonly string[]).includes(o.kind)) throw new UsageError(`--kind ${SOURCE_KINDS.join(' | ')}`);
      if (!/^[A-Za-z0-9_-]{1,40}$/.test(name))
        throw new UsageError(s.terminal.lang === 'zh' ? '数据源名用字母、数字、- 和 _' : 'a source name is letters, digits, - and _');
      const ctx = await caseContext(s, o.case);
      const { read, erase, verify } = o;
      const locator = o.kind === 'postgres' || o.kind === 'mysql' || o.kind === 'redis' ? o.at : resolve(o.at);
      await changing(ctx, () =>
        addSource(ctx, {
          name,
          kind: o.kind as SourceKind,
          locator,
          credentials: { ...(read ? { read } : {}), ...(erase ? { erase } : {}), ...(verify ? { verify } : {}) },
        }),
      );
      await printStatus(s, ctx.code);
    });

  source
    .command('leave-out')
    .argument('<name>')
    .requiredOption('--as <label>', '法务签字人标签 the officer of Legal who decides')
    .requiredOption('--reason <text>', '理由，写入证据，不写人名 why; goes into the evidence, names nobody')
    .option('--case <code>')
    .description('把连不上或误加的数据源移出本案，并留为待办 take a source out of the case; it stays an open item')
    .action(async (name: string, o: { as: string; reason: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => leaveSourceOut(ctx, name, o.as, o.reason));
      await printStatus(s, ctx.code);
    });

  const officer = program.command('officer').description('签字人 officers who sign');
  officer
    .command('add')
    .argument('<label>', '标签，不写姓名 a label, not a name')
    .requiredOption('--department <department>', DEPARTMENTS.join(' | '))
    .option('--case <code>')
    .description('登记签字人，其密钥用本人口令保护 enter an officer; the key is kept under the officer’s own passphrase')
    .action(async (label: string, o: { department: string; case?: string }) => {
      const s = session();
      if (!(DEPARTMENTS as readonly string[]).includes(o.department)) throw new UsageError(`--department ${DEPARTMENTS.join(' | ')}`);
      const ctx = await caseContext(s, o.case);
      const keys = (await s.open()).officerKeys(ctx.code, await passphrase(s, true));
      const added = await changing(ctx, () => addOfficer(ctx, o.department as Department, label, keys));
      s.terminal.out(
        s.terminal.json ? JSON.stringify(added) : `${added.label}  ${s.terminal.text.departments[added.department]}  ${added.publicKey}`,
      );
    });

  program
    .command('status')
    .option('--case <code>')
    .option('--full', '含字段台账、依据、文件位置 with field ledger, rules, files')
    .description('进度、阻碍与下一步 where a case stands')
    .action(async (o: { case?: string; full?: boolean }) => {
      const s = session();
      const assembly = await s.open();
      const cases = await assembly.directory.list();
      if (o.case === undefined && cases.length !== 1)
        return listCases(
          s,
          cases.map((c) => c.code),
        );
      await printStatus(s, await pickCase(s, o.case), o.full === true);
    });
}

interface InitOptions {
  company: string;
  sector: string[];
  route: string;
  dissolution?: string;
  role: string;
  condition: string[];
  notCondition: string[];
  region?: string;
  userCount?: string;
}

function factsFrom(s: Session, o: InitOptions, today: string): CaseFacts {
  const wrong =
    o.sector.find((x) => !(SECTORS as readonly string[]).includes(x)) ?? (ROUTES.includes(o.route as Route) ? undefined : o.route);
  if (wrong !== undefined) throw new UsageError(`${s.terminal.lang === 'zh' ? '不认识的值' : 'unknown value'}: ${wrong}`, EXIT.invalid);
  if (o.dissolution !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(o.dissolution) || Number.isNaN(Date.parse(o.dissolution))))
    throw new UsageError('--dissolution YYYY-MM-DD', EXIT.invalid);
  if (o.role !== 'controller' && o.role !== 'processor') throw new UsageError('--role controller | processor', EXIT.invalid);
  return {
    sectors: o.sector as Sector[],
    route: o.route as Route,
    today,
    dissolution: o.dissolution ?? null,
    role: o.role,
    conditions: o.condition,
    notConditions: o.notCondition,
    confirmed: [],
    refused: [],
    ...placeAndSize(o),
  };
}

/** Seat and number of persons as given; what is left out stays unknown. */
export function placeAndSize(o: { region?: string; userCount?: string }): Pick<CaseFacts, 'region' | 'userCount'> {
  if (o.region !== undefined && !/^[A-Z]{2}-[A-Z0-9]{1,6}$/.test(o.region)) throw new UsageError('--region CN-440300', EXIT.invalid);
  if (o.userCount !== undefined && !/^\d+$/.test(o.userCount)) throw new UsageError('--user-count 0…', EXIT.invalid);
  return {
    ...(o.region === undefined ? {} : { region: o.region }),
    ...(o.userCount === undefined ? {} : { userCount: Number(o.userCount) }),
  };
}

function listCases(s: Session, codes: readonly string[]): void {
  const { terminal: t } = s;
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.cases.v1', cases: codes }));
  if (codes.length === 0) return [t.text.tagline, '', ...t.text.start].forEach((line) => t.out(line));
  t.out(
    table(
      [t.text.columns.code],
      codes.map((c) => [c]),
      t,
    ),
  );
}

/** Prints where a case stands; needs no passphrase, because it shows no personal data. */
export async function printStatus(s: Session, code: string, full = false): Promise<void> {
  const ctx = await (await s.open()).context(code, '');
  const summary = await caseSummary(ctx);
  if (s.terminal.json) s.terminal.out(JSON.stringify(summary));
  else printSummary(s.terminal, summary, full);
}
