// SPDX-License-Identifier: Apache-2.0
import { type Probe, compareDataset, openProbe, searchResidue, smallGroups } from '../act/verify/index.ts';
import { openEraser, removeCanaries } from '../act/execute/index.ts';
import { type Inventory, decodeKey } from '../find/inventory/index.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { DatasetShape } from '../model/source.ts';
import { type CaseContext, entry } from './context.ts';
import { canaries } from './control.ts';
import { JourneyError } from './error.ts';
import { blockers } from './gates.ts';
import { openCaseInventory } from './inventory.ts';
import { eraseNeedles } from './needles.ts';
import { writeOutcomes } from './outcomes.ts';
import { programmed } from './sources.ts';
import { isUnreadable, unreadableFiles } from './unreadable-files.ts';

export interface Verification {
  readonly passed: boolean;
  readonly datasets: readonly {
    readonly dataset: string;
    readonly expected: number;
    readonly count: number;
    readonly missing: number;
    readonly changed: number;
    readonly unexpected: number;
  }[];
  /** `notSearched`: files and parts that nobody can read; each stands in the inventory as a gap. */
  readonly residue: {
    readonly hits: number;
    readonly searched: number;
    readonly rows: number;
    readonly canaries: string;
    readonly notSearched: number;
  };
}

/**
 * Looks again with own queries and connections: what should stay is there, what should go is gone, and none of the erased
 * identifiers is left in any column of any source. The canaries must still be found, else the search proves nothing.
 */
export async function verify(ctx: CaseContext): Promise<Verification> {
  const gates = await ctx.store.gates();
  if (!gates.has('executed')) throw new JourneyError('not-executed');
  const known = await ctx.store.report<Verification>('verification');
  if (gates.has('verified') && known) return known;
  // Passed and recorded, but the run died before the end of it: the keys that a search would need may be gone already.
  if (known?.passed) {
    await finish(ctx);
    return known;
  }
  const { map } = (await ctx.store.dataMap())!;
  const items: OpenItem[] = [];
  const inventory = await openCaseInventory(ctx);
  try {
    await writeOutcomes(ctx, inventory);
  } finally {
    await inventory.close();
  }
  const withOutcomes = await openCaseInventory(ctx);
  let report: Verification;
  try {
    const unreadable = await unreadableFiles(ctx, map.datasets);
    const datasets = await compareAll(ctx, withOutcomes, map.datasets, unreadable, items);
    // Where nothing but the records that should stay is left, a hit stands inside one of them: a person must redact it or say why not.
    const clean = new Set(datasets.filter((d) => d.missing + d.changed + d.unexpected === 0).map((d) => d.dataset));
    const residue = await searchAll(ctx, map.datasets, items, clean, unreadable);
    report = { passed: blockers('verified', items).length === 0, datasets, residue };
  } finally {
    await withOutcomes.close();
  }
  await ctx.store.replaceOpenItems('verify', items);
  const passed = blockers('verified', await ctx.store.openItems()).length === 0;
  report = { ...report, passed };
  await ctx.store.saveReport('verification', report, passed ? [entry(ctx, 'verification.finished', { ...report })] : []);
  ctx.crash('verify.recorded');
  if (!passed) return report;
  await finish(ctx);
  return report;
}

/** After a passed verification: canaries out, and the keys to contacts and erase lists are destroyed. */
async function finish(ctx: CaseContext): Promise<void> {
  for (const source of programmed(await ctx.store.sources())) {
    const eraser = await openEraser(source, ctx.secret(source.credentials.erase ?? source.credentials.read));
    try {
      await removeCanaries(eraser, ctx.crash);
    } finally {
      await eraser.close();
    }
  }
  const destroyed = ['contacts', 'erase-list'].filter((purpose) => ctx.keys.destroy(purpose));
  ctx.crash('keys.destroyed');
  await ctx.store.passGate('verified', { keysDestroyed: ['contacts', 'erase-list'] }, [
    entry(ctx, 'keys.destroyed', { purposes: ['contacts', 'erase-list'], now: destroyed.length }),
  ]);
}

async function compareAll(
  ctx: CaseContext,
  inventory: Inventory,
  datasets: readonly DatasetMap[],
  unreadable: Unreadable,
  items: OpenItem[],
): Promise<Verification['datasets']> {
  const out: Verification['datasets'][number][] = [];
  for (const source of programmed(await ctx.store.sources())) {
    const own = datasets.filter((d) => d.source === source.name);
    const apart = new Set([...(unreadable.get(source.name) ?? []), ...own.map(fileOfTable)]);
    const probe = await openProbe(source, ctx.secret(source.credentials.verify ?? source.credentials.read));
    try {
      items.push(...(await staleCopies(source.name, probe)));
      // Files that nobody can read were never touched, and there is nothing to compare them by.
      for (const map of own.filter((d) => !isUnreadable(d))) {
        ctx.progress({ step: 'verify', unit: map.id, done: 0, total: 1 });
        const columns = source.kind === 'files' || source.kind === 'redis' ? { columns: await columnsOf(ctx, map) } : {};
        const result = await comparable(map, items, () =>
          compareDataset({
            probe,
            map,
            expectedKept: expectedKept(ctx, inventory, map),
            inventoryKey: ctx.keys.get('inventory'),
            ...columns,
            apart,
          }),
        );
        if (result === null) continue;
        const groups = map.anonymiseTo ? await smallGroups({ probe, map, k: 5 }) : 0;
        const item = (kind: OpenItem['kind'], count: number, examples: readonly number[], detail: string) => {
          if (count > 0)
            items.push({
              kind,
              owner: 'it',
              source: source.name,
              dataset: map.dataset,
              field: null,
              count,
              examples: examples.slice(0, 10),
              detail,
            });
        };
        item('count-mismatch', result.missing.length, result.missing, 'missing');
        item('record-drifted', result.changed.length, result.changed, 'kept-record-changed');
        item('record-appeared', result.unexpected, [], 'not-in-inventory-or-not-gone');
        item('small-group', groups, [], 'k<5');
        out.push({
          dataset: map.id,
          expected: result.expected,
          count: result.count,
          missing: result.missing.length,
          changed: result.changed.length,
          unexpected: result.unexpected,
        });
      }
    } finally {
      await probe.close();
    }
  }
  return out;
}

/** A copy that was not made anew since rows went from its tables still holds them. */
async function staleCopies(source: string, probe: Probe): Promise<OpenItem[]> {
  return ((await probe.staleCopies?.()) ?? []).map(({ dataset, rows }) => ({
    kind: 'residue-found',
    owner: 'it',
    source,
    dataset,
    field: null,
    count: rows ?? 0,
    examples: [],
    detail: 'copy-not-refreshed',
  }));
}

type Unreadable = ReadonlyMap<string, ReadonlySet<string>>;

/** The file that a table lies in: a workbook holds several. */
function fileOfTable({ dataset }: DatasetMap): string {
  return /^(.*?\.xls[xm])#/is.exec(dataset)?.[1] ?? dataset;
}

/** Columns as they were inventoried: a file or a key space that lost rows may not name them all any more. */
async function columnsOf(ctx: CaseContext, map: DatasetMap): Promise<readonly string[]> {
  const discovery = (await ctx.store.discovery(map.source)) as { datasets: readonly DatasetShape[] };
  return discovery.datasets.find((d) => d.dataset === map.dataset)!.columns.map((c) => c.name);
}

/** A dataset that cannot be looked at any more is an open item, and the others are compared all the same. */
async function comparable<T>(map: DatasetMap, items: OpenItem[], compare: () => Promise<T>): Promise<T | null> {
  try {
    return await compare();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'dataset-unreadable' && code !== 'file-unreadable') throw error;
    const { source, dataset } = map;
    items.push({ kind: 'count-mismatch', owner: 'it', source, dataset, field: null, count: map.rows, examples: [], detail: code });
    return null;
  }
}

/** Records that must still be in the source as they were; anonymised ones are expected under their key with other content. */
async function* expectedKept(ctx: CaseContext, inventory: Inventory, map: DatasetMap) {
  const key = ctx.keys.get('inventory');
  const sql = `SELECT r.idx AS idx, r.key AS key, r.occ AS occ, r.fp AS fp, o.disposition = 'anonymise' AS anonymised
               FROM records r JOIN outcomes o USING (idx) WHERE r.dataset = $1 AND o.disposition NOT IN ('delete', 'archive') AND o.reason <> 'vanished' ORDER BY r.idx`;
  for await (const r of inventory.query<{ idx: number; key: string; occ: number; fp: string; anonymised: boolean }>(sql, [map.id])) {
    yield { index: r.idx, key: decodeKey(r.key, key), occurrence: r.occ, fingerprint: r.fp, anonymised: r.anonymised };
  }
}

async function searchAll(
  ctx: CaseContext,
  datasets: readonly DatasetMap[],
  items: OpenItem[],
  clean: ReadonlySet<string>,
  unreadable: Unreadable,
): Promise<Verification['residue']> {
  const needles = await eraseNeedles(ctx);
  let hits = 0;
  let rows = 0;
  let notSearched = 0;
  let canariesFound = true;
  for (const source of programmed(await ctx.store.sources())) {
    ctx.progress({ step: 'residue', unit: source.name, done: 0, total: 1 });
    const marks = canaries(ctx, source.name);
    const probe = await openProbe(source, ctx.secret(source.credentials.verify ?? source.credentials.read));
    try {
      const result = await searchResidue({
        probe,
        needles,
        canaries: marks,
        unreadable: unreadable.get(source.name) ?? new Set(),
        datasets: datasets.filter((d) => d.source === source.name).map((d) => d.dataset),
      });
      rows += result.rows;
      notSearched += result.notSearched;
      const inconclusive = (detail: string, count: number) =>
        items.push({
          kind: 'residue-inconclusive',
          owner: 'it',
          source: source.name,
          dataset: null,
          field: null,
          count,
          examples: [],
          detail,
        });
      if (result.canariesFound < marks.length) {
        canariesFound = false;
        inconclusive('canary-not-found', 1);
      }
      if (result.unread.length > 0) inconclusive('not-searched', result.unread.length);
      for (const hit of result.hits) {
        hits += hit.rows;
        const kept = clean.has(`${source.name}/${hit.dataset}`);
        items.push({
          kind: kept ? 'residue-in-kept-record' : 'residue-found',
          owner: kept ? 'legal' : 'it',
          source: source.name,
          dataset: hit.dataset,
          field: hit.column,
          count: hit.rows,
          examples: [],
          detail: 'erased-identifier',
        });
      }
    } finally {
      await probe.close();
    }
  }
  return { hits, searched: needles.size, rows, canaries: canariesFound ? 'found' : 'not-found', notSearched };
}
