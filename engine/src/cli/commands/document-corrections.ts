// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type CaseContext,
  type Correction,
  type Effect,
  type RefusedRow,
  corrections,
  effectOf,
  readDisposalList,
  settleCorrection,
} from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { fill } from '../text/fill.ts';
import { type Session, UsageError, changing, pickCase } from '../session.ts';

/** document correct, corrections, settle: a corrected disposal list comes back, and Legal settles each correction. */
export function correctionCommands(document: Command, session: () => Session): void {
  document
    .command('correct')
    .argument('<file>', '填好更正的信息处置清单 xlsx')
    .requiredOption('--as <label>', '提出人 the officer who proposes')
    .option('--case <code>')
    .description('读回更正：好的成为提议，坏的逐行说明原因 read corrections back: bad rows are refused one by one')
    .action(async (file: string, o: { as: string; case?: string }) => {
      const s = session();
      if (!existsSync(file)) throw new UsageError(file, EXIT.notFound);
      const ctx = await contextOf(s, o.case);
      const read = await changing(ctx, () => readDisposalList(ctx, resolve(file), o.as));
      printRead(s, read, await effects(ctx, read.taken));
      if (read.refused.length + read.taken.length > 0) process.exitCode = EXIT.findings;
    });
  document
    .command('corrections')
    .option('--case <code>')
    .description('提出过的更正、接受之后影响多少记录 corrections so far, and what accepting them would move')
    .action(async (o: { case?: string }) => {
      const s = session();
      const ctx = await contextOf(s, o.case);
      const list = await corrections(ctx);
      const known = await effects(
        ctx,
        list.filter((c) => c.state === 'proposed'),
      );
      if (s.terminal.json)
        return s.terminal.out(
          JSON.stringify({
            schema: 'shanhou.corrections.v1',
            corrections: list.map((c) => ({ ...c, effect: known.get(c.number) ?? null })),
          }),
        );
      s.terminal.out(list.length === 0 ? s.terminal.text.corrections.none : listTable(s, list, known));
    });
  document
    .command('settle')
    .argument('<number>', '更正的号 the number of the correction')
    .option('--accept', '接受：方案作废，重新编制 accept: the plan is void')
    .option('--refuse', '不接受 do not accept')
    .requiredOption('--as <label>', '法务 the officer of Legal')
    .option('--case <code>')
    .description('法务裁决一项更正 Legal settles a correction')
    .action(async (number: string, o: { accept?: boolean; refuse?: boolean; as: string; case?: string }) => {
      const s = session();
      if ((o.accept === true) === (o.refuse === true)) throw new UsageError('--accept | --refuse');
      if (!/^\d{1,6}$/.test(number)) throw new UsageError('number: 1…', EXIT.invalid);
      const ctx = await contextOf(s, o.case);
      const settled = await changing(ctx, () => settleCorrection(ctx, Number(number), { accept: o.accept === true, by: o.as }));
      if (s.terminal.json) return s.terminal.out(JSON.stringify({ schema: 'shanhou.correction.v1', correction: settled }));
      s.terminal.out(listTable(s, [settled], new Map()));
      if (settled.state === 'accepted') s.terminal.note(s.terminal.text.corrections.next);
    });
}

/** No passphrase: a list holds no personal data, and neither does what is decided about it. */
const contextOf = async (s: Session, code: string | undefined) => (await s.open()).context(await pickCase(s, code), '');

async function effects(ctx: CaseContext, list: readonly Correction[]): Promise<ReadonlyMap<number, Effect>> {
  const out = new Map<number, Effect>();
  for (const c of list) out.set(c.number, await effectOf(ctx, c));
  return out;
}

function printRead(
  s: Session,
  read: { readonly taken: readonly Correction[]; readonly refused: readonly RefusedRow[]; readonly untouched: number },
  known: ReadonlyMap<number, Effect>,
): void {
  const { terminal: t } = s;
  const { columns: c, refusals, read: line } = t.text.corrections;
  if (t.json)
    return t.out(
      JSON.stringify({
        schema: 'shanhou.corrections-read.v1',
        taken: read.taken.map((x) => ({ ...x, effect: known.get(x.number) ?? null })),
        refused: read.refused,
        untouched: read.untouched,
      }),
    );
  if (read.taken.length > 0) t.out(listTable(s, read.taken, known));
  const rows = read.refused.map((r) => [String(r.row), fill(refusals[r.refusal], { detail: r.detail })]);
  if (rows.length > 0) t.out(table([c.row, c.why], rows, t));
  t.note(fill(line, { taken: read.taken.length, refused: read.refused.length, untouched: read.untouched }));
}

function listTable(s: Session, list: readonly Correction[], known: ReadonlyMap<number, Effect>): string {
  const { terminal: t } = s;
  const { columns: c, states, asks, effect, gone } = t.text.corrections;
  const moved = (x: Correction) => {
    const e = known.get(x.number);
    return e === undefined ? '' : e === null ? gone : fill(effect, e);
  };
  return table(
    [c.number, c.dataset, c.asks, c.by, c.state, c.effect],
    list.map((x) => [
      String(x.number),
      x.dataset,
      'to' in x.asks ? `${asks[x.asks.kind]} ${x.asks.to}` : asks[x.asks.kind],
      x.by,
      states[x.state],
      moved(x),
    ]),
    t,
  );
}
