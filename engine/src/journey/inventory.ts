// SPDX-License-Identifier: Apache-2.0
import { openProbe } from '../act/verify/index.ts';
import { RECOGNISERS, findPersonal } from '../find/classify/index.ts';
import { openReader } from '../find/connect/index.ts';
import { type Recognise, linkTargets, scanDataset } from '../find/inventory/index.ts';
import { CommitmentRoot, commitment } from '../prove/evidence/index.ts';
import type { FieldCategory } from '../model/category.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import { UNREADABLE_DATASET } from '../model/source.ts';
import { type CaseContext, entry, folders, today } from './context.ts';
import { JourneyError } from './error.ts';
import { blockers } from './gates.ts';
import { runJobs } from './jobs.ts';
import { type Inventory, openCaseInventory, withInventory } from './open-inventory.ts';
import { programmed, readable } from './sources.ts';
import { settleSubjects } from './subjects.ts';

/** One row per record of every dataset, in segments; then whose they are; then the root that fixes them before anything is decided. */
export async function takeInventory(ctx: CaseContext): Promise<void> {
  const stored = await ctx.store.dataMap();
  if (!stored) throw new JourneyError('no-data-map');
  const { map, digest } = stored;
  if ((await ctx.store.gates()).get('inventoried')?.body['dataMap'] === digest) return settleSubjects(ctx, stored);
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  const report = await ctx.store.report<{ dataMap: string }>('inventory');
  if (report?.dataMap !== digest) {
    await ctx.store.dropSegments(['records', 'contacts', 'erase-list', 'subjects', 'reviews', 'customers', 'standing', 'plan', 'outcomes']);
    await ctx.store.clearGates(['inventoried', 'classified', 'contracts-verified', 'planned', 'approved', 'notified', 'archived']);
    await ctx.store.saveReport('inventory', { dataMap: digest }, []);
  }
  const linkedTo = linkTargets(map.datasets);
  const knownCategories = new Set(map.datasets.flatMap((d) => d.fields.flatMap((f) => f.category ?? [])));
  await runJobs(
    ctx,
    'inventory',
    map.datasets.map((dataset) => ({ key: dataset.id, run: () => scanOne(ctx, dataset, linkedTo, knownCategories) })),
  );
  await settleSubjects(ctx, stored);
  await withInventory(ctx, (inventory) => commitInventory(ctx, inventory, map.datasets, digest));
}

export { type Inventory, openCaseInventory };

const BY_CATEGORY = Map.groupBy(RECOGNISERS, (r) => r.category);
const recognise: Recognise = (category, text) => BY_CATEGORY.get(category)?.some((r) => r.whole(text.normalize('NFKC').trim())) === true;

async function scanOne(
  ctx: CaseContext,
  dataset: DatasetMap,
  linkedTo: ReadonlySet<string>,
  knownCategories: ReadonlySet<FieldCategory>,
): Promise<void> {
  const records = await ctx.store.segments('records');
  if (records.some((s) => s.dataset === dataset.id)) return;
  const step = `inventory ${dataset.id}`;
  const source = (await ctx.store.sources()).find((s) => s.name === dataset.source)!;
  const items: OpenItem[] = [];
  const done = await readable(source, items, async () => {
    const reader = await openReader(source, ctx.secret(source.credentials.read));
    try {
      return await scanDataset({
        reader,
        map: dataset,
        firstIndex: records.reduce((n, s) => n + s.rows, 0),
        keys: { inventory: ctx.keys.ensure('inventory'), contacts: ctx.keys.ensure('contacts'), eraseList: ctx.keys.ensure('erase-list') },
        today: today(ctx),
        folder: folders(ctx).inventory,
        linkedTo,
        findPersonal,
        knownCategories,
        recognise,
        batch: 2_000,
        crash: ctx.crash,
        onProgress: (rows) => ctx.progress({ step: 'inventory', unit: dataset.id, done: rows, total: dataset.rows }),
      });
    } finally {
      await reader.close();
    }
  });
  if (!done) return ctx.store.replaceOpenItems(step, items);
  const first = records.reduce((n, s) => n + s.rows, 0);
  let at = first;
  const segments = done.segments.map((s) => {
    const firstIndex = s.kind === 'records' ? at : null;
    if (s.kind === 'records') at += s.rows;
    return { ...s, dataset: dataset.id, firstIndex };
  });
  await ctx.store.addSegments(segments, { step, items: done.problems });
}

/** The root is committed before anything can be deleted; the checker later wants one disposition for each of its entries. */
async function commitInventory(ctx: CaseContext, inventory: Inventory, datasets: readonly DatasetMap[], dataMap: string): Promise<void> {
  const root = new CommitmentRoot();
  for await (const r of inventory.query<{ idx: number; dataset: string; fp: string; salt: string }>(
    'SELECT idx, dataset, fp, salt FROM records ORDER BY idx',
  )) {
    root.add(commitment({ index: r.idx, dataset: r.dataset, fp: r.fp, salt: r.salt }));
  }
  const records = await ctx.store.segments('records');
  const own = await countSources(ctx, datasets);
  const counts = datasets.map((d) => {
    const segments = records.filter((s) => s.dataset === d.id);
    const rows = segments.reduce((n, s) => n + s.rows, 0);
    return {
      dataset: d.id,
      first: rows > 0 ? (segments[0]?.firstIndex ?? null) : null,
      rows,
      sourceCount: own[d.id]!,
      // An empty dataset has no segment. One that could not be read keeps the gate shut by its open item.
      read: segments.length > 0 || own[d.id] === 0,
    };
  });
  const differing = counts.filter((c) => c.read && c.rows !== c.sourceCount);
  if (differing.length > 0) {
    await ctx.store.dropSegments(['records', 'contacts', 'erase-list', 'subjects', 'reviews', 'customers', 'standing']);
    throw new JourneyError('sources-changed', differing.map((c) => `${c.dataset} ${c.rows} ≠ ${c.sourceCount}`).join(', '));
  }
  ctx.crash('inventory.committed');
  const items = await ctx.store.openItems();
  if (blockers('inventoried', items).length > 0) return;
  const body = { dataMap, root: root.root(), records: root.size, datasets: counts };
  await ctx.store.passGate('inventoried', body, [entry(ctx, 'inventory.committed', body)]);
  await ctx.store.passGate('classified', { dataMap }, []);
}

/** The source's own count of every dataset, over a connection that is not the reader's. */
async function countSources(ctx: CaseContext, datasets: readonly DatasetMap[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = Object.fromEntries(datasets.map((d) => [d.id, d.rows]));
  const items: OpenItem[] = [];
  for (const source of programmed(await ctx.store.sources())) {
    await readable(source, [], async () => {
      const probe = await openProbe(source, ctx.secret(source.credentials.verify ?? source.credentials.read));
      try {
        const own = datasets.filter((x) => x.source === source.name);
        const unread = own.find((d) => d.dataset === UNREADABLE_DATASET)?.rows ?? 0;
        // What cannot be read, other eyes cannot count either: of those files the number stands that discovery found.
        for (const d of own.filter((x) => x.dataset !== UNREADABLE_DATASET)) {
          try {
            counts[d.id] = agreed(d, await probe.countRows(d.dataset, { columns: d.fields.map((f) => f.name), layout: d.layout }), unread);
          } catch (error) {
            if (source.kind !== 'files' || !UNCOUNTED.has((error as { code?: string }).code ?? '')) throw error;
            items.push(uncounted(d));
          }
        }
      } finally {
        await probe.close();
      }
    });
  }
  await ctx.store.replaceOpenItems('source-counts', items);
  await ctx.store.saveReport('source-counts', { counts }, []);
  return counts;
}

/**
 * The probe has decoders of its own, and counts a document too that ours could not read: it may say more than we have, by no more than what we list as unreadable.
 */
function agreed(map: DatasetMap, counted: number, unread: number): number {
  return map.key[0] === 'path' && counted > map.rows && counted <= map.rows + unread ? map.rows : counted;
}

/** Codes of the probe where it cannot read a table that the reader can: a workbook behind Excel's built-in password. */
const UNCOUNTED: ReadonlySet<string> = new Set(['dataset-unreadable', 'file-unreadable']);

function uncounted(map: DatasetMap): OpenItem {
  const { source, dataset, rows } = map;
  return { kind: 'hazard', owner: 'it', source, dataset, field: null, count: rows, examples: [], detail: 'not counted a second time' };
}
