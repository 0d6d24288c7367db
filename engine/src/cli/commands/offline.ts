// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { readOfflineForm } from '../../config/index.ts';
import { confirmOffline, declareOffline, offlineStores, verifyOffline } from '../../journey/index.ts';
import type { OfflineForm, OfflineState } from '../../model/offline.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';

/** offline: what no program reaches is declared, instructed (by execute), confirmed with a document, and verified. */
export function offlineCommands(program: Command, session: () => Session): void {
  const offline = program.command('offline').description('线下存放：纸箱、手机、微信、受托方 stores that people act on');
  offline
    .command('add')
    .argument('<name>')
    .requiredOption('--form <file>', 'YAML: medium holder place units unit about recordClass clocks')
    .option('--case <code>')
    .description('申报一处线下存放 declare an offline store')
    .action(async (name: string, o: { form: string; case?: string }) => {
      const s = session();
      if (!/^[A-Za-z0-9_-]{1,40}$/.test(name)) throw new UsageError('name: A-Z a-z 0-9 _ -', EXIT.invalid);
      const form = readOfflineForm(readFileSync(existing(o.form), 'utf8'), o.form);
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => declareOffline(ctx, name, form));
      printStores(s, await offlineStores(ctx));
    });
  offline
    .command('confirm')
    .argument('<name>')
    .requiredOption('--count <n>', '确认的数量 how many')
    .requiredOption('--document <file>', '对方的确认文件 their document')
    .requiredOption('--as <label>', '登记人 the officer')
    .option('--case <code>')
    .description('登记对方的确认 enter the holder’s confirmation')
    .action(async (name: string, o: { count: string; document: string; as: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      await changing(ctx, () => confirmOffline(ctx, name, { count: Number(o.count), by: o.as, document: existing(o.document) }));
      printStores(s, await offlineStores(ctx));
    });
  offline
    .command('verify')
    .argument('<name>')
    .requiredOption('--count <n>', '我方看到的数量 how many we saw')
    .requiredOption('--as <label>', '核验人，不得属于保管部门 who looked; not of the holder’s department')
    .option('--document <file>', '核验记录 a record of the look')
    .option('--case <code>')
    .description('登记我方的核验 enter our own look')
    .action(async (name: string, o: { count: string; document?: string; as: string; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const document = o.document === undefined ? null : existing(o.document);
      await changing(ctx, () => verifyOffline(ctx, name, { count: Number(o.count), by: o.as, document }));
      printStores(s, await offlineStores(ctx));
    });
  offline
    .command('list')
    .option('--case <code>')
    .description('各处线下存放到了哪一步 how far each is')
    .action(async (o: { case?: string }) => {
      const s = session();
      printStores(s, await offlineStores(await caseContext(s, o.case)));
    });
}

function existing(file: string): string {
  if (!existsSync(file)) throw new UsageError(file, EXIT.notFound);
  return file;
}

function printStores(s: Session, stores: Readonly<Record<string, { form: OfflineForm; state: OfflineState }>>): void {
  const { terminal: t } = s;
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.offline.v1', stores }));
  const { columns, departments, offlineMedia, offlineStates } = t.text;
  const rows = Object.entries(stores).map(([name, { form, state }]) => {
    const far = state.verified ? 'verified' : state.confirmed ? 'confirmed' : state.instructed ? 'instructed' : 'declared';
    const count = state[far === 'declared' || far === 'instructed' ? 'instructed' : far];
    const done = count && 'count' in count ? count.count : state.units;
    return [
      name,
      offlineMedia[form.medium] ?? form.medium,
      departments[form.holder] ?? form.holder,
      `${done}/${state.units} ${form.unit}`,
      offlineStates[far] ?? far,
    ];
  });
  t.out(table([columns.name, columns.kind, columns.owner, columns.count, columns.state], rows, t));
}
