// SPDX-License-Identifier: Apache-2.0
import { type ChunkLedger, executeChunk, openEraser } from '../act/execute/index.ts';
import { withdraw } from '../act/vault/index.ts';
import { findPersonal } from '../find/classify/index.ts';
import { datasetOrder } from '../find/discover/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { DatasetShape, Source } from '../model/source.ts';
import { validPlan } from './approve.ts';
import { assertAuthority } from './authority.ts';
import { archiveRecords, archiveUnit, identitiesOf, recipientFor } from './archive.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { plantControl } from './control.ts';
import { JourneyError } from './error.ts';
import { blockers } from './gates.ts';
import { openCaseInventory } from './inventory.ts';
import { runJobs } from './jobs.ts';
import { type PlannedChunk, plannedChunks } from './planned-chunks.ts';
import { instructHolders } from './offline.ts';
import { programmed, readable } from './sources.ts';
import { excepted, isHeld } from './excepted.ts';
import type { ObjectionPeriod } from './tell.ts';

/**
 * The irreversible part: positive control → archive and rehearsal → deletion and anonymisation, children before parents.
 * `confirm` must be the case code. Before the last day to object that customers were told has passed, nothing happens unless `early` says
 * why it may; the reason goes into the evidence, so it must name nobody. Each dataset is a job of idempotent chunks; a second run goes on where the first stopped.
 */
export async function execute(ctx: CaseContext, confirm: string, early: string | null = null): Promise<void> {
  if (confirm !== ctx.code) throw new JourneyError('wrong-confirmation', ctx.code);
  const gates = await ctx.store.gates();
  if (gates.has('executed')) return;
  await validPlan(ctx);
  if (!gates.has('approved')) throw new JourneyError('not-approved');
  await assertAuthority(ctx);
  if (!gates.has('notified')) throw new JourneyError('not-notified');
  const unread = blockers('executed', await ctx.store.openItems());
  const proposed = unread.filter((i) => i.kind === 'correction-proposed');
  if (proposed.length > 0) throw new JourneyError('corrections-open', String(proposed.length));
  if (unread.length > 0) throw new JourneyError('answers-unread', String(unread.reduce((n, i) => n + i.count, 0)));
  if (early !== null && findPersonal(early).identifiers.length > 0) throw new JourneyError('reason-names-somebody');
  const period = await ctx.store.report<ObjectionPeriod>('objections');
  const open = period !== null && today(ctx) <= period.until;
  const allowed = early !== null || (await ctx.store.report('executed-early')) !== null;
  if (open && !allowed) throw new JourneyError('objections-open', period.until);
  if (open && early !== null) await ctx.store.saveReport('executed-early', { until: period.until, reason: early }, []);
  await plantControl(ctx);
  await archiveRecords(ctx);
  const { map } = (await ctx.store.dataMap())!;
  const sources = programmed(await ctx.store.sources());
  const aside: OpenItem[] = [];
  const inventory = await openCaseInventory(ctx);
  try {
    await instructHolders(ctx, inventory);
    const units = datasetOrder(map.datasets)
      .flat()
      .filter((dataset) => sources.some((s) => s.name === dataset.source))
      .map((dataset) => ({
        key: dataset.id,
        async run() {
          const source = sources.find((s) => s.name === dataset.source)!;
          await readable(source, aside, () => executeDataset(ctx, inventory, dataset, source));
        },
      }));
    await runJobs(ctx, 'execute', units);
  } finally {
    await inventory.close();
  }
  const items = [...aside, ...(await exceptionItems(ctx))];
  await ctx.store.replaceOpenItems('execute', items);
  if (items.some((i) => i.kind === 'source-unreachable')) return;
  const chunks = await ctx.store.chunks();
  const body = {
    chunks: chunks.length,
    deleted: chunks.reduce((n, c) => n + c.deleted, 0),
    anonymised: chunks.reduce((n, c) => n + c.anonymised, 0),
    exceptions: chunks.reduce((n, c) => n + c.exceptions.length, 0),
    objectionsUntil: period?.until ?? null,
    early: await ctx.store.report<{ until: string; reason: string }>('executed-early'),
  };
  await ctx.store.passGate('executed', body, [entry(ctx, 'execution.finished', body)]);
}

/** What a run would do, without doing it: records by dataset and disposition. */
export async function dryRun(ctx: CaseContext): Promise<{ dataset: string; disposition: string; records: number; done: number }[]> {
  await validPlan(ctx);
  const done = new Map<string, number>();
  for (const c of await ctx.store.chunks())
    if (c.state === 'done') done.set(c.dataset, (done.get(c.dataset) ?? 0) + c.deleted + c.anonymised);
  const held = await excepted(ctx);
  const inventory = await openCaseInventory(ctx);
  try {
    const out = [];
    const sql = `SELECT p.dataset AS dataset, p.disposition AS disposition, count(*) AS records FROM plan p
                 WHERE p.disposition IN ('delete', 'anonymise', 'archive') AND NOT ${isHeld(held, 'p.idx')} GROUP BY ALL ORDER BY ALL`;
    for await (const r of inventory.query<{ dataset: string; disposition: string; records: number }>(sql))
      out.push({ ...r, done: done.get(r.dataset) ?? 0 });
    return out;
  } finally {
    await inventory.close();
  }
}

async function executeDataset(ctx: CaseContext, inventory: Inventory, map: DatasetMap, source: Source): Promise<void> {
  const discovery = (await ctx.store.discovery(source.name)) as { datasets: DatasetShape[] };
  const columns = discovery.datasets.find((d) => d.dataset === map.dataset)!.columns.map((c) => c.name);
  const key = ctx.keys.get('inventory');
  const held = await excepted(ctx);
  const vault = await vaultOf(ctx, map.id);
  const chunks = plannedChunks(inventory, map, source.kind, held, key);
  const first = await chunks.next();
  if (first.done) return;
  const eraser = await openEraser(source, ctx.secret(source.credentials.erase ?? source.credentials.read));
  try {
    let done = 0;
    for (let next: IteratorResult<PlannedChunk> = first; !next.done; next = await chunks.next()) {
      const chunk = next.value;
      const inVault = vault(chunk);
      const result = await executeChunk({
        chunk,
        map,
        columns,
        eraser,
        ledger: ledgerOf(ctx),
        inventoryKey: key,
        archived: (index) => inVault(index) === 'archived',
        drifted: (index) => inVault(index) === 'drifted',
        crash: ctx.crash,
      });
      await withdrawExceptions(ctx, map.id, chunk.records, result.exceptions);
      done += chunk.records.length;
      ctx.progress({ step: 'execute', unit: map.id, done, total: map.rows });
    }
  } finally {
    await eraser.close();
  }
}

/** What the vault says of a record: read back and equal, changed since the plan, or nothing. */
async function vaultOf(
  ctx: CaseContext,
  dataset: string,
): Promise<(chunk: PlannedChunk) => (index: number) => 'archived' | 'drifted' | null> {
  const rows = (await ctx.store.archiveChunks()).filter((x) => x.dataset === dataset);
  const unreadOf = new Map(rows.map((c) => [archiveUnit(c), new Set(c.exceptions.map((e) => e.index))]));
  return (chunk) => {
    const unitOf = new Map(
      chunk.records.flatMap((r) => (r.archiveClass === null ? [] : [[r.index, archiveUnit({ ...chunk, archiveClass: r.archiveClass })]])),
    );
    return (index) => {
      const unread = unreadOf.get(unitOf.get(index) ?? '');
      return unread ? (unread.has(index) ? 'drifted' : 'archived') : null;
    };
  };
}

/** A record that stayed in the source after all must not lie in the archive too. */
async function withdrawExceptions(
  ctx: CaseContext,
  dataset: string,
  records: readonly { index: number; archiveClass: string | null }[],
  exceptions: readonly { index: number; outcome: string }[],
): Promise<void> {
  const stayed = exceptions.filter((e) => e.outcome !== 'deleted-inferred' && e.outcome !== 'vanished').map((e) => e.index);
  for (const archiveClass of new Set(records.filter((r) => stayed.includes(r.index)).flatMap((r) => r.archiveClass ?? []))) {
    const identity = identitiesOf(ctx).get(archiveClass)!;
    const indexes = records.filter((r) => r.archiveClass === archiveClass && stayed.includes(r.index)).map((r) => r.index);
    await withdraw({ folder: folders(ctx).archive, archiveClass, dataset, indexes, recipient: recipientFor(ctx, archiveClass), identity });
  }
}

function ledgerOf(ctx: CaseContext): ChunkLedger {
  return {
    async read(dataset, first) {
      const row = await ctx.store.chunk(dataset, first);
      if (!row) return null;
      if (row.state === 'done')
        return { state: 'done', result: { deleted: row.deleted, anonymised: row.anonymised, exceptions: row.exceptions } };
      return { state: 'intended', fileBefore: row.fileBefore ?? undefined, fileAfter: row.fileAfter ?? undefined };
    },
    intend: (intent) => ctx.store.intendChunk(intent),
    finish: (chunk, result) => ctx.store.finishChunk(chunk, result),
  };
}

const KIND: Readonly<Record<string, OpenItem['kind']>> = {
  drifted: 'record-drifted',
  vanished: 'record-vanished',
  blocked: 'record-blocked',
  refused: 'record-refused',
};

async function exceptionItems(ctx: CaseContext): Promise<OpenItem[]> {
  const groups = new Map<string, { dataset: string; outcome: string; detail: string; indexes: number[] }>();
  for (const chunk of await ctx.store.chunks()) {
    for (const e of chunk.exceptions) {
      if (!KIND[e.outcome]) continue;
      const key = `${chunk.dataset}|${e.outcome}|${e.detail}`;
      const group = groups.get(key) ?? { dataset: chunk.dataset, outcome: e.outcome, detail: e.detail, indexes: [] };
      group.indexes.push(e.index);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((g) => ({
    kind: KIND[g.outcome]!,
    owner: 'it',
    source: g.dataset.slice(0, g.dataset.indexOf('/')),
    dataset: g.dataset.slice(g.dataset.indexOf('/') + 1),
    field: null,
    count: g.indexes.length,
    examples: g.indexes.slice(0, 10),
    detail: g.detail,
  }));
}
