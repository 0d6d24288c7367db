// SPDX-License-Identifier: Apache-2.0
import { openReader } from '../find/connect/index.ts';
import { type Discovered, discover, inferLinks } from '../find/discover/index.ts';
import {
  type DocumentFindings,
  classifyDatasets,
  classifyDocuments,
  isDocuments,
  keepCorrections,
  lookAtDocuments,
} from '../find/classify/index.ts';
import { canonicalJson, sha256 } from '../kit/index.ts';
import type { DataMap, DatasetMap } from '../model/data-map.ts';
import type { OpenItem } from '../model/open-item.ts';
import { UNREADABLE_DATASET } from '../model/source.ts';
import { type CaseContext, entry } from './context.ts';
import { JourneyError } from './error.ts';
import { offlineMap, offlineStores } from './offline.ts';
import { readable } from './sources.ts';

/** How the product's own findings are changed by people before they become the data map. */
export type Correct = (map: DataMap) => DataMap;

/**
 * Discover and classify every source. A source that cannot be reached is an open item with its owner; the others go on.
 * Corrections that people made earlier are applied again. Returns the new data map; writes nothing but state.
 */
export async function discoverSources(ctx: CaseContext, correct: Correct): Promise<DataMap> {
  const sources = await ctx.store.sources();
  if (sources.length === 0) throw new JourneyError('no-sources');
  const items: OpenItem[] = [];
  const found: Discovered<DocumentFindings>[] = [];
  for (const source of sources) {
    const result = await readable(source, items, async () => {
      const reader = await openReader(source, ctx.secret(source.credentials.read));
      try {
        return await discover(reader, {
          lookAt: lookAtDocuments,
          onProgress: (done, total) => ctx.progress({ step: 'discover', unit: source.name, done, total }),
        });
      } finally {
        await reader.close();
      }
    });
    if (!result) continue;
    found.push(result);
    items.push(...failures(result), ...hazards(result), ...copies(result));
    // The inventory says the same again, then with the numbers of the records.
    await ctx.store.replaceOpenItems(`inventory ${source.name}/${UNREADABLE_DATASET}`, unreadable(result));
    await ctx.store.saveDiscovery(source.name, { datasets: result.datasets.map((d) => d.shape) });
  }
  const draft: DataMap = { version: 1, datasets: await draftMaps(ctx, found) };
  const known = await ctx.store.dataMap();
  await ctx.store.replaceOpenItems('discover', items);
  return saveDataMap(ctx, correct(known ? keepCorrections(known.map, draft) : draft), 'discover');
}

/** Tables are judged together, documents by their words, and a declared store is what its form says. In the order they were found. */
async function draftMaps(ctx: CaseContext, found: readonly Discovered<DocumentFindings>[]): Promise<DatasetMap[]> {
  const tables = found.map((f) => ({ ...f, datasets: f.datasets.filter((d) => !isDocuments(d.shape)) }));
  const maps = new Map(classifyDatasets(tables, inferLinks(tables)).map((d) => [d.id, d]));
  const stores = await offlineStores(ctx);
  return found.flatMap((f) =>
    f.datasets.map((d): DatasetMap => {
      const map = maps.get(`${f.source}/${d.shape.dataset}`) ?? classifyDocuments(f.source, d.shape, d.findings ?? NOTHING_FOUND);
      return stores[f.source] ? offlineMap(map, stores[f.source]!.form) : map;
    }),
  );
}

const NOTHING_FOUND: DocumentFindings = { documents: 0, personal: 0, identified: 0, classes: {} };

/** Keeps a data map as a new version and fixes its digest in the evidence. */
export async function saveDataMap(ctx: CaseContext, map: DataMap, author: string): Promise<DataMap> {
  const digest = sha256(canonicalJson(JSON.parse(JSON.stringify(map))));
  const known = await ctx.store.dataMap();
  if (known?.digest === digest) return map;
  await ctx.store.saveDataMap(map, digest, author, [entry(ctx, 'data-map.fixed', { digest, author, datasets: map.datasets.length })]);
  return map;
}

function failures(found: Discovered): OpenItem[] {
  return found.failures.map((f) => ({
    kind: 'source-unreadable',
    owner: 'it',
    source: found.source,
    dataset: f.dataset,
    field: null,
    count: 0,
    examples: [],
    detail: `${f.code} ${f.detail}`.trim(),
  }));
}

/** Files that cannot be read, by reason: how many, never which, for a path may be a person's name. */
function unreadable(found: Discovered): OpenItem[] {
  const counts = new Map<string, number>();
  for (const { shape, sample } of found.datasets.filter((d) => d.shape.dataset === UNREADABLE_DATASET)) {
    const at = shape.columns.findIndex((c) => c.name === 'reason');
    for (const row of sample) {
      const detail = row
        .slice(at)
        .filter((part) => part !== null)
        .join(': ');
      counts.set(detail, (counts.get(detail) ?? 0) + 1);
    }
  }
  return [...counts].map(([detail, count]) => ({
    kind: 'source-unreadable',
    owner: 'it',
    source: found.source,
    dataset: UNREADABLE_DATASET,
    field: null,
    count,
    examples: [],
    detail,
  }));
}

/** Copies that a query made of tables: nobody's records by themselves, but they hold what the tables held until somebody refreshes or drops them. */
function copies(found: Discovered): OpenItem[] {
  return (found.copies ?? []).map(({ dataset, of, rows }) => ({
    kind: 'hazard',
    owner: 'it',
    source: found.source,
    dataset,
    field: null,
    count: rows,
    examples: [],
    detail: `derived ${of.join(', ')}`.trim(),
  }));
}

function hazards(found: Discovered): OpenItem[] {
  return found.datasets.flatMap((d) =>
    d.shape.hazards.map((h): OpenItem => ({
      kind: 'hazard',
      owner: 'it',
      source: found.source,
      dataset: d.shape.dataset,
      field: null,
      count: d.shape.rows,
      examples: [],
      detail: `${h.kind} ${h.detail}`.trim(),
    })),
  );
}
