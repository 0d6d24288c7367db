// SPDX-License-Identifier: Apache-2.0
import { sha256 } from '../kit/index.ts';
import type { Department } from '../model/department.ts';
import type { OpenItem, OpenItemKind } from '../model/open-item.ts';
import { type CaseContext, entry } from './context.ts';
import type { AnswerRow, NoticeCount } from './ports.ts';

/** Counts for the summary; `told` are those whose mail server took the notice over and did not give it back. */
export interface Told {
  readonly told: number;
  readonly answered: number;
  readonly rejected: number;
  readonly unknown: number;
  readonly bounced: number;
  readonly unsent: number;
}

export function toldCounts(notices: readonly NoticeCount[]): Told {
  const of = (...states: NoticeCount['state'][]) => notices.reduce((n, c) => n + (states.includes(c.state) ? c.count : 0), 0);
  return {
    told: of('handed-over', 'answered'),
    answered: of('answered'),
    rejected: of('rejected'),
    unknown: of('unknown', 'intended'),
    bounced: of('bounced'),
    unsent: of('prepared'),
  };
}

/** Makes the open items of telling and answering anew from what is recorded, and puts changed answer counts into the evidence. */
export async function recordTelling(ctx: CaseContext): Promise<void> {
  const answers = await ctx.store.answers();
  await ctx.store.replaceOpenItems('tell', [...noticeItems(await ctx.store.notices()), ...answerItems(answers)]);
  if (answers.length === 0) return;
  const counts: Record<string, number> = {};
  for (const a of answers) counts[a.kind] = (counts[a.kind] ?? 0) + 1;
  const body = { answers: answers.length, counts, sha256: sha256(answers.map((a) => `${a.idHash} ${a.kind} ${a.state}\n`).join('')) };
  if ((await ctx.store.report<typeof body>('answers'))?.sha256 === body.sha256) return;
  await ctx.store.saveReport('answers', body, [entry(ctx, 'notice.answers', body)]);
}

function noticeItems(notices: readonly NoticeCount[]): OpenItem[] {
  return notices.flatMap((n) => {
    if (n.state === 'prepared')
      return [openItem('notice-unsent', 'support', n.count, n.channel === 'sms' ? 'phone-only' : n.detail || 'not-sent')];
    if (n.state === 'rejected') return [openItem('notice-rejected', 'support', n.count, n.detail)];
    if (n.state === 'unknown') return [openItem('notice-unknown', 'support', n.count, 'shanhou notify --unknown')];
    if (n.state === 'bounced') return [openItem('notice-bounced', 'support', n.count, n.detail)];
    return [];
  });
}

/** One item for each kind of open answer. What a late objection asks for, Legal must answer: it cannot be held any more. */
function answerItems(answers: readonly AnswerRow[]): OpenItem[] {
  const groups = new Map<string, { kind: OpenItemKind; owner: Department; detail: string; count: number }>();
  for (const a of answers) {
    if (a.state !== 'open') continue;
    const late = a.detail === 'after-execution';
    const kind = a.kind === 'objection' || a.kind === 'correction' ? a.kind : 'answer-unread';
    const owner = late && kind !== 'answer-unread' ? 'legal' : 'support';
    const detail = kind === 'answer-unread' ? a.detail || 'shanhou answers list' : late ? 'after-execution' : 'held';
    const key = `${kind} ${owner} ${detail}`;
    groups.set(key, { kind, owner, detail, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()].map((g) => openItem(g.kind, g.owner, g.count, g.detail));
}

/** An open item about people, not about a source. */
export function openItem(kind: OpenItemKind, owner: Department, count: number, detail: string): OpenItem {
  return { kind, owner, source: null, dataset: null, field: null, count, examples: [], detail };
}
