// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import { type NewHold, addHold, listHolds, releaseHold } from '../../journey/index.ts';
import type { HoldOrder } from '../../model/case.ts';
import { EXIT } from '../exit.ts';
import { openTable } from '../print/open-items.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { printStatus } from './case.ts';
import { day } from './facts.ts';

const KINDS = ['litigation', 'investigation', 'limitation-evidence', 'other'] as const;

/** hold: what keeps records from destruction, for which matter, who keeps it, when Legal looks again; only Legal releases. */
export function holdCommands(program: Command, session: () => Session): void {
  const hold = program.command('hold').description('法律保全 legal holds');
  hold
    .command('add')
    .argument('<matter>', '案号或事项 name of the matter')
    .option('--kind <kind>', KINDS.join(' | '), 'litigation')
    .option('--record <record>', '该客户的一条记录：清点序号，或 数据集:主键 a record of the customer')
    .option('--subject <n>', '客户 subject')
    .option('--dataset <id>', '数据集')
    .option('--from <date>', '期间起')
    .option('--to <date>', '期间止')
    .option('--until <date>', '保全最后一日')
    .option('--custodian <label>', '保管人（标签或部门，不写姓名） who keeps the evidence')
    .option('--review <date>', '法务复核日 when Legal looks again')
    .option('--approved-by <label>', '批准的法务签字人 the Legal officer who approves')
    .option('--case <code>')
    .description('登记保全；签字后的新保全只使记录退出销毁，签字仍有效 enter a hold; after the signatures it only takes records out')
    .action(async (matter: string, o: HoldOptions) => {
      const s = session();
      const asked = holdOf(matter, o);
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => addHold(ctx, asked));
      await printStatus(s, ctx.code);
    });
  hold
    .command('release')
    .argument('<matter>')
    .requiredOption('--by <label>', '解除的法务签字人 the officer of Legal')
    .requiredOption('--reason <text>', '理由 why')
    .option('--case <code>')
    .description('解除保全，只能由法务；方案作废，重新编制并签字之前不放行任何记录 only Legal; frees nothing before a new plan is signed')
    .action(async (matter: string, o: { by: string; reason: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => releaseHold(ctx, matter, o));
      await printStatus(s, ctx.code);
    });
  hold
    .command('list')
    .option('--case <code>')
    .description('全部保全及待复核事项 every hold, and what Legal must see to')
    .action(async (o: { case?: string }) => {
      const s = session();
      const { terminal: t } = s;
      const { holds, due } = await listHolds(await caseContext(s, o.case));
      if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.holds.v1', holds, due }));
      const { holds: words, columns } = t.text;
      if (holds.length === 0) return t.out(words.none);
      const rows = holds.map((h) => [h.matter, scope(h), h.custodian ?? '', h.reviewOn ?? '', h.until ?? '', stateOf(h)]);
      t.out(table([words.matter, words.scope, words.custodian, words.review, columns.until, columns.state], rows, t, true));
      if (due.length > 0) t.out(openTable(t, due));

      function stateOf(h: HoldOrder): string {
        if (h.released) return `${words.released} ${h.released.on} ${h.released.by}: ${h.released.reason}`;
        return h.approvedBy === null ? words.asked : `${words.approved} ${h.approvedBy}`;
      }
    });
}

interface HoldOptions {
  kind: string;
  record?: string;
  subject?: string;
  dataset?: string;
  from?: string;
  to?: string;
  until?: string;
  custodian?: string;
  review?: string;
  approvedBy?: string;
  case?: string;
}

function scope(h: HoldOrder): string {
  const period = h.from === undefined && h.to === undefined ? '' : `${h.from ?? ''}…${h.to ?? ''}`;
  return [h.about?.dataset ?? '', h.subject === undefined ? '' : `#${h.subject}`, h.dataset ?? '', period].filter(Boolean).join(' ');
}

function holdOf(matter: string, o: HoldOptions): NewHold {
  if (!(KINDS as readonly string[]).includes(o.kind)) throw new UsageError(`--kind ${KINDS.join(' | ')}`, EXIT.invalid);
  if (o.subject !== undefined && !/^\d+$/.test(o.subject)) throw new UsageError('--subject 0…', EXIT.invalid);
  if (o.subject !== undefined && o.record !== undefined) throw new UsageError('--subject | --record', EXIT.invalid);
  return {
    matter,
    kind: o.kind as HoldOrder['kind'],
    approvedBy: o.approvedBy ?? null,
    until: o.until ? day(o.until) : null,
    ...(o.custodian === undefined ? {} : { custodian: o.custodian }),
    ...(o.review === undefined ? {} : { reviewOn: day(o.review) }),
    ...(o.record === undefined ? {} : { record: o.record }),
    ...(o.subject === undefined ? {} : { subject: Number(o.subject) }),
    ...(o.dataset === undefined ? {} : { dataset: o.dataset }),
    ...(o.from ? { from: day(o.from) } : {}),
    ...(o.to ? { to: day(o.to) } : {}),
  };
}
