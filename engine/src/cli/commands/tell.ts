// SPDX-License-Identifier: Apache-2.0
import type { Command } from 'commander';
import {
  listAnswers,
  mailDnsRecord,
  mailSettings,
  notifySubjects,
  object,
  readAnswer,
  readAnswers,
  resend,
  setMail,
  settleAnswer,
  unknownNotices,
} from '../../journey/index.ts';
import { EXIT } from '../exit.ts';
import { table } from '../print/table.ts';
import { type Session, UsageError, caseContext, changing } from '../session.ts';
import { fill } from '../text/fill.ts';
import { printStatus } from './case.ts';

type Context = Awaited<ReturnType<typeof caseContext>>;

/** mail, notify, answers, object: the customers are told, and what they answer is heard. */
export function tellCommands(program: Command, session: () => Session): void {
  mailCommands(program, session);

  program
    .command('notify')
    .option(
      '--unknown',
      '列出结果未知的告知，以便在邮件服务器日志里查 list notices with an unknown outcome, to look up in the mail server’s log',
    )
    .option('--resend <ids...>', '由人决定重发结果未知的告知；all = 全部 send unknown ones again, by a person’s decision')
    .option('--case <code>')
    .description('写出并发送给客户的告知 write and send the notices to customers')
    .action(async (o: { unknown?: boolean; resend?: string[]; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const { terminal: t } = s;
      if (o.unknown) {
        const lost = await unknownNotices(ctx);
        if (t.json) t.out(JSON.stringify({ schema: 'shanhou.unknown-notices.v1', notices: lost }));
        else lost.forEach((n) => t.out(`${n.id}  ${n.messageId}`));
        return;
      }
      await noteDns(s, ctx);
      await changing(ctx, async () => {
        if (o.resend) await resend(ctx, o.resend.length === 1 && o.resend[0] === 'all' ? null : o.resend);
        await notifySubjects(ctx);
      });
      await printStatus(s, ctx.code);
      if ((await ctx.store.openItems()).some((i) => i.kind.startsWith('notice-'))) process.exitCode = EXIT.findings;
    });

  answerCommands(program, session);

  program
    .command('object')
    .argument('<record>', '清点序号 inventory number of one of the customer’s records')
    .option('--correction', '更正而非异议 a correction, not an objection')
    .option('--case <code>')
    .description('登记客户异议：其全部记录停止销毁 a customer objects: all of that customer’s records are held')
    .action(async (record: string, o: { correction?: boolean; case?: string }) => {
      const s = session();
      if (!/^\d+$/.test(record)) throw new UsageError('RECORD: 0…');
      const ctx = await caseContext(s, o.case);
      const subject = await changing(ctx, () => object(ctx, Number(record), o.correction ? 'correction' : 'objection'));
      s.terminal.out(s.terminal.json ? JSON.stringify({ subject }) : `${s.terminal.text.dispositions.hold}: ${subject}`);
    });
}

interface MailOptions {
  smtp: string;
  from: string;
  domain: string;
  userRef?: string;
  requireTls?: boolean;
  rate: string;
  case?: string;
}

function mailCommands(program: Command, session: () => Session): void {
  const mail = program.command('mail').description('告知邮件的发送设置 how notices are sent by e-mail');
  mail
    .command('set')
    .requiredOption('--smtp <url>', 'smtp://host:port | smtps://host:port')
    .requiredOption('--from <sender>', '发件人 "清算组 <notice@example.com>"')
    .requiredOption('--domain <domain>', '签名与退信的域名 the domain that signs and takes bounces and replies')
    .option('--user-ref <ref>', '发信账号 env:NAME | file:PATH（内容 user:password）')
    .option('--require-tls', '没有 TLS 就不发 never send without TLS')
    .option('--rate <n>', '每秒最多几封 messages a second', '10')
    .option('--case <code>')
    .description('设定本案的发信服务器，并给出须公布的 DKIM 记录 set the case’s mail server; prints the DKIM record to publish')
    .action(async (o: MailOptions) => {
      const s = session();
      const ctx = await caseContext(s, o.case);
      const settings = {
        smtp: o.smtp,
        from: o.from,
        domain: o.domain.toLowerCase(),
        user: o.userRef ?? null,
        requireTls: o.requireTls === true,
        rate: Number(o.rate),
      };
      await changing(ctx, () => setMail(ctx, settings));
      await printMail(s, ctx);
    });
  mail
    .command('show')
    .option('--case <code>')
    .description('看设置与 DKIM 记录 settings and the DKIM record')
    .action(async (o: { case?: string }) => {
      const s = session();
      await printMail(s, await caseContext(s, o.case));
    });
}

async function printMail(s: Session, ctx: Context): Promise<void> {
  const { terminal: t } = s;
  const settings = await mailSettings(ctx);
  const dns = await mailDnsRecord(ctx);
  if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.mail.v1', settings, dns }));
  if (settings === null || dns === null) return t.out(t.text.mail.none);
  t.out(`${settings.smtp}  ${settings.from}  ${settings.requireTls ? 'TLS' : ''}  ${settings.rate}/s`);
  t.out(t.text.mail.publish);
  t.out(dnsLine(dns));
  t.out(fill(t.text.mail.returns, { domain: settings.domain }));
}

/** As it stands in a zone file: a string of a TXT record holds at most 255 bytes (RFC 1035 3.3). */
function dnsLine(dns: { name: string; value: string }): string {
  return `  ${dns.name}  TXT  ${(dns.value.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(' ')}`;
}

async function noteDns(s: Session, ctx: Context): Promise<void> {
  const dns = await mailDnsRecord(ctx);
  if (dns !== null && !s.terminal.json) s.terminal.note(`${s.terminal.text.mail.publish}\n${dnsLine(dns)}`);
}

function answerCommands(program: Command, session: () => Session): void {
  const answers = program
    .command('answers')
    .option('--from <place>', 'maildir、.eml 文件夹、mbox 文件，或 imap(s)://host:port/INBOX')
    .option('--user-ref <ref>', '邮箱账号 env:NAME | file:PATH（内容 user:password）')
    .option('--case <code>')
    .description('读回退信与客户答复 read bounces and customers’ answers')
    .action(async (o: { from?: string; userRef?: string; case?: string }) => {
      const s = session();
      const { terminal: t } = s;
      if (o.from === undefined) throw new UsageError('--from PATH | imap(s)://host:port/INBOX');
      const ctx = await caseContext(s, o.case);
      const found = await changing(ctx, () => readAnswers(ctx, { from: o.from!, user: o.userRef ?? null }));
      if (t.json) t.out(JSON.stringify({ schema: 'shanhou.answers-read.v1', found }));
      else {
        for (const [kind, n] of Object.entries(found)) t.out(`${t.text.answerKinds[kind] ?? kind}  ${n}`);
        await printStatus(s, ctx.code);
      }
      if ((await ctx.store.answers()).some((a) => a.state === 'open')) process.exitCode = EXIT.findings;
    });
  const caseOf = (o: { case?: string }) => o.case ?? (answers.opts() as { case?: string }).case;
  answers
    .command('list')
    .option('--case <code>')
    .description('答复一览，不含原文 all answers, without their words')
    .action(async (o: { case?: string }) => {
      const s = session();
      const { terminal: t } = s;
      const rows = await listAnswers(await caseContext(s, caseOf(o)));
      if (t.json) return t.out(JSON.stringify({ schema: 'shanhou.answers.v1', answers: rows }));
      t.out(
        table(
          [t.text.columns.id, t.text.columns.kind, t.text.columns.state, t.text.columns.detail],
          rows.map((a) => [a.idHash.slice(0, 12), t.text.answerKinds[a.kind] ?? a.kind, t.text.answerStates[a.state], a.detail]),
          t,
        ),
      );
    });
  answers
    .command('show')
    .argument('<id>')
    .option('--case <code>')
    .description('看一封答复的原文（只在此处显示，不留存） the words of one answer; shown here, kept nowhere else')
    .action(async (id: string, o: { case?: string }) => {
      const s = session();
      const { row, text } = await readAnswer(await caseContext(s, caseOf(o)), id);
      if (s.terminal.json) return s.terminal.out(JSON.stringify({ schema: 'shanhou.answer.v1', ...row, text }));
      s.terminal.out(text === null ? s.terminal.text.mail.wordsGone : `${text.from}\n${text.title}\n\n${text.text}`);
    });
  answers
    .command('settle')
    .argument('<id>')
    .option('--hold', '这是异议：停止销毁其全部记录 it is an objection: hold all of that customer’s records')
    .option('--case <code>')
    .description('读过的答复销项 a person has read it: nothing more to do, or a hold')
    .action(async (id: string, o: { hold?: boolean; case?: string }) => {
      const s = session();
      const ctx = await caseContext(s, caseOf(o));
      await changing(ctx, () => settleAnswer(ctx, id, o.hold === true));
      await printStatus(s, ctx.code);
    });
}
