// SPDX-License-Identifier: Apache-2.0
import { type ArchiveLine, type CaseDocument, STEPS, type StoreLine } from '../tell/documents/index.ts';
import { sha256 } from '../kit/index.ts';
import { DISPOSITIONS, type Disposition } from '../model/disposition.ts';
import type { DataMap } from '../model/data-map.ts';
import type { FieldCategory } from '../model/category.ts';
import type { EntryKind } from '../model/evidence.ts';
import type { RecordClass } from '../model/law.ts';
import { caseRules } from './case-rules.ts';
import { type CaseContext, today } from './context.ts';
import { planFacts, planStands } from './document-facts.ts';
import { openCaseInventory } from './inventory.ts';
import { ledger } from './ledger.ts';
import { offlineStores } from './offline.ts';
import type { ArchiveChunkRow, NoticeCount } from './ports.ts';
import type { EvidenceReport } from './prove.ts';
import type { Verification } from './verify.ts';

/** What the documents of a case say beyond its plan, as it stands now. Throws JourneyError `not-planned`. */
export async function caseFacts(ctx: CaseContext): Promise<CaseDocument> {
  const { store } = ctx;
  const plan = await planFacts(ctx);
  const map = (await store.dataMap())?.map ?? { version: 1, datasets: [] };
  const gates = await store.gates();
  const verification = await store.report<Verification>('verification');
  const evidence = await store.report<EvidenceReport>('evidence');
  return {
    ...plan,
    asOf: today(ctx),
    pack: caseRules(ctx),
    steps: await stepTimes(ctx, gates),
    ledger: await ledgerLines(ctx, plan, map),
    final: verification?.passed === true && gates.has('verified'),
    categories: categoryLines(map),
    stores: storeLines(await offlineStores(ctx), plan.groups),
    archives: archiveLines(await store.archiveChunks()),
    notices: noticeLines(await store.notices()),
    verification: verification && {
      passed: verification.passed,
      hits: verification.residue.hits,
      notSearched: verification.residue.notSearched,
      canaries: verification.residue.canaries,
    },
    evidence: evidence && { verdict: evidence.verdict },
  };
}

/** The entry that a step leaves in the evidence, by the case's clock. */
const ENTRY_OF = {
  planned: 'plan.compiled',
  approved: 'plan.approved',
  notified: 'notice.batch',
  archived: null,
  executed: 'execution.finished',
  verified: 'verification.finished',
  evidenced: 'evidence.sealed',
} as const satisfies Record<(typeof STEPS)[number], EntryKind | null>;

/** When each step was taken that still stands. A gate without an entry knows only the machine's clock, which is not the case's where that is injected. */
async function stepTimes(ctx: CaseContext, gates: Awaited<ReturnType<CaseContext['store']['gates']>>): Promise<CaseDocument['steps']> {
  const outbox = await ctx.store.outbox();
  const injected = (await ctx.store.record()).clockStart !== null;
  return Object.fromEntries(
    STEPS.filter((step) => gates.has(step)).map((step) => {
      const entry = outbox.findLast((e) => e.kind === ENTRY_OF[step]);
      return [step, entry?.at ?? (injected ? null : gates.get(step)!.at)];
    }),
  );
}

/** By channel and state; why a notice was rejected or came back is for the open items. */
function noticeLines(counts: readonly NoticeCount[]): CaseDocument['notices'] {
  const lines = new Map<string, { channel: NoticeCount['channel']; state: NoticeCount['state']; count: number }>();
  for (const { channel, state, count } of counts) {
    const key = `${channel} ${state}`;
    lines.set(key, { channel, state, count: (lines.get(key)?.count ?? 0) + count });
  }
  return [...lines.values()];
}

/** As the case's own ledger has it; a plan whose decisions are no longer there speaks by the groups it was signed with. */
async function ledgerLines(
  ctx: CaseContext,
  plan: Pick<CaseDocument, 'plan' | 'datasets' | 'groups'>,
  map: DataMap,
): Promise<CaseDocument['ledger']> {
  if (await planStands(ctx, plan.plan.digest)) {
    const inventory = await openCaseInventory(ctx);
    try {
      return (await ledger(ctx, inventory, map)).map((line) => ({ dataset: line.dataset, own: line.sourceCount, by: line }));
    } finally {
      await inventory.close();
    }
  }
  return plan.datasets.map(({ dataset, records }) => {
    const sum = (d: Disposition) => plan.groups.reduce((n, g) => n + (g.dataset === dataset && g.disposition === d ? g.records : 0), 0);
    return { dataset, own: records, by: Object.fromEntries(DISPOSITIONS.map((d) => [d, sum(d)])) as Record<Disposition, number> };
  });
}

/** Which personal information the data map finds; the sensitive first, then by how many columns. */
function categoryLines(map: DataMap): CaseDocument['categories'] {
  const found = new Map<FieldCategory, { sensitive: boolean; columns: number; datasets: Set<string> }>();
  for (const dataset of map.datasets)
    for (const { category, sensitivity } of dataset.fields) {
      if (category === null) continue;
      const line = found.get(category) ?? { sensitive: false, columns: 0, datasets: new Set() };
      found.set(category, {
        sensitive: line.sensitive || sensitivity === 'sensitive',
        columns: line.columns + 1,
        datasets: line.datasets.add(dataset.id),
      });
    }
  return [...found]
    .map(([category, l]) => ({ category, sensitive: l.sensitive, columns: l.columns, datasets: l.datasets.size }))
    .toSorted((a, b) => Number(b.sensitive) - Number(a.sensitive) || b.columns - a.columns || (a.category < b.category ? -1 : 1));
}

function storeLines(stores: Awaited<ReturnType<typeof offlineStores>>, groups: CaseDocument['groups']): StoreLine[] {
  return Object.entries(stores).map(([name, { form, state }]) => {
    const planned = groups.filter((g) => g.dataset === `${name}/units`);
    return {
      name,
      form,
      state,
      until:
        planned
          .flatMap((g) => (g.disposition === 'archive' ? (g.until ?? []) : []))
          .toSorted()
          .at(-1) ?? null,
      rules: [...new Set(planned.flatMap((g) => g.rules))],
    };
  });
}

/** Archive files by retention class. A class is named by record class and last day: `invoice-2054-12-31`, or `…-permanent`. */
function archiveLines(chunks: readonly ArchiveChunkRow[]): ArchiveLine[] {
  const written = chunks.filter((c) => c.records > 0);
  return [...new Set(written.map((c) => c.archiveClass))].toSorted().map((name) => {
    const of = written.filter((c) => c.archiveClass === name).toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const [, recordClass = name, until = ''] = /^(.+)-(\d{4}-\d{2}-\d{2}|permanent)$/.exec(name) ?? [];
    return {
      name,
      recordClass: recordClass as RecordClass,
      until: until === 'permanent' ? null : until,
      files: of.length,
      records: of.reduce((n, c) => n + c.records, 0),
      sha256: sha256(of.map((c) => c.sha256).join('')),
    };
  });
}
