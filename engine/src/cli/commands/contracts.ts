// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type NewFinding, addFinding, contractConflicts, contractReport, explainContracts, verifyContracts } from '../../journey/index.ts';
import { DEBT_KINDS, type DebtKind, END_CAUSES, type EndCause } from '../../model/standing.ts';
import { EXIT } from '../exit.ts';
import { printContracts, printConflicts, printExplained } from '../print/contracts.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';

const collect = (value: string, all: string[]) => [...all, ...value.split(',')];

/** contracts: how the customers' contracts stand, what contradicts what, and what people found out. */
export function contractCommands(program: Command, session: () => Session): void {
  const contracts = program
    .command('contracts')
    .option('--case <code>')
    .description('核实合同：终止与否、原因、尚欠什么 how the contracts stand, and what is owed')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => verifyContracts(ctx));
      printContracts(s.terminal, await contractReport(ctx));
    });
  const context = (s: Session, own: string | undefined) => caseContext(s, own ?? (contracts.opts() as { case?: string }).case);
  contracts
    .command('conflicts')
    .option('--case <code>')
    .description('各系统之间的矛盾、所涉金额与负责部门 systems that contradict each other, what is at stake, who settles it')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await context(s, o.case);
      await changing(ctx, () => verifyContracts(ctx));
      await printConflicts(s.terminal, contractConflicts(ctx));
    });
  contracts
    .command('explain')
    .argument('<record>', '清点序号，或 数据集:主键 inventory number, or dataset:key')
    .option('--case <code>')
    .description('一名客户的合同为何如此：每个系统怎么说 why the contracts of one customer stand as they do')
    .action(async (record: string, o: { case?: string }) => {
      const s = session();
      printExplained(s.terminal, await explainContracts(await context(s, o.case), record));
    });
  contracts
    .command('find')
    .argument('<record>', '该客户的一条记录：清点序号，或 数据集:主键 a record of the customer')
    .option('--ended <date>', '合同已终止，终止日 the contract has ended on')
    .option('--running', '合同仍在履行 the contract still runs')
    .option('--cause <cause>', `终止原因 ${END_CAUSES.join(' | ')} | assumed-by-successor`)
    .option('--settled <list>', `已结清 ${DEBT_KINDS.join(' | ')}`, collect, [])
    .option('--only-this', '只就该记录写明编号的合同；不写则就该客户全部合同 only the contract whose number the record gives')
    .requiredOption('--reason <text>', '理由，不写姓名 why; name nobody')
    .requiredOption('--document <file>', '所依据的文件，只记其哈希 the document it rests on; its hash is kept')
    .requiredOption('--by <label>', '认定人（签字人标签） the officer')
    .option('--case <code>')
    .description('登记人工认定；依据的记载一变即失效，方案须重新编制与签字 enter what somebody found out from a document')
    .action(async (record: string, o: FindOptions) => {
      const s = session();
      const found = findingOf(record, o);
      const ctx = await context(s, o.case);
      await changing(ctx, () => addFinding(ctx, found));
      printExplained(s.terminal, await explainContracts(ctx, record));
    });
}

interface FindOptions {
  ended?: string;
  running?: boolean;
  cause?: string;
  settled: string[];
  onlyThis?: boolean;
  reason: string;
  document: string;
  by: string;
  case?: string;
}

function findingOf(record: string, o: FindOptions): NewFinding {
  if (o.ended !== undefined && o.running === true) throw new UsageError('--ended | --running', EXIT.invalid);
  if (o.ended !== undefined && new Date(`${o.ended}T00:00:00Z`).toJSON()?.slice(0, 10) !== o.ended)
    throw new UsageError('--ended YYYY-MM-DD', EXIT.invalid);
  if (o.cause !== undefined && !(END_CAUSES as readonly string[]).includes(o.cause) && o.cause !== 'assumed-by-successor')
    throw new UsageError(`--cause ${END_CAUSES.join(' | ')} | assumed-by-successor`, EXIT.invalid);
  const wrong = o.settled.find((kind) => !(DEBT_KINDS as readonly string[]).includes(kind));
  if (wrong !== undefined) throw new UsageError(`--settled ${DEBT_KINDS.join(' | ')}`, EXIT.invalid);
  if (!existsSync(o.document)) throw new UsageError(o.document, EXIT.notFound);
  return {
    record,
    ended: o.ended !== undefined ? true : o.running === true ? false : null,
    endedOn: o.ended ?? null,
    cause: (o.cause as EndCause | undefined) ?? null,
    settled: o.settled as DebtKind[],
    onlyThis: o.onlyThis === true,
    reason: o.reason,
    document: o.document,
    by: o.by,
  };
}
