// SPDX-License-Identifier: Apache-2.0
import type { DataMap, DatasetMap, FieldMap } from '../../model/data-map.ts';

/**
 * What people decided about the map before, put onto what was discovered now: corrected properties of a dataset, corrected fields.
 * What they decided about something that is gone is left out; `mapDifference` names it. Pure.
 */
export function keepCorrections(before: DataMap, found: DataMap): DataMap {
  const known = new Map(before.datasets.map((d) => [d.id, d]));
  return { version: 1, datasets: found.datasets.map((d) => (known.has(d.id) ? corrected(known.get(d.id)!, d) : d)) };
}

function corrected(before: DatasetMap, now: DatasetMap): DatasetMap {
  const kept = Object.fromEntries(
    (before.corrected ?? []).filter((name) => name in before).map((name) => [name, before[name as keyof DatasetMap]]),
  );
  const fields = new Map(before.fields.map((f) => [f.name, f]));
  return {
    ...now,
    ...kept,
    ...(before.corrected ? { corrected: before.corrected } : {}),
    fields: now.fields.map((f) => field(fields.get(f.name), f)),
  };
}

function field(before: FieldMap | undefined, now: FieldMap): FieldMap {
  if (!before || !(before.evidence.includes('person') || before.drop !== undefined)) return now;
  return { ...before, type: now.type };
}

/** One thing that a new discovery changed in the map. `field` null = the dataset itself. */
export interface Difference {
  readonly dataset: string;
  readonly field: string | null;
  readonly kind: 'new' | 'gone' | 'changed';
  readonly was: string | null;
  readonly is: string | null;
}

/** What differs between two data maps, dataset by dataset: new, gone, another role or class, fields that hold something else. Pure. */
export function mapDifference(before: DataMap, now: DataMap): Difference[] {
  const [old, fresh] = [new Map(before.datasets.map((d) => [d.id, d])), new Map(now.datasets.map((d) => [d.id, d]))];
  const out: Difference[] = [];
  for (const d of before.datasets) if (!fresh.has(d.id)) out.push({ dataset: d.id, field: null, kind: 'gone', was: says(d), is: null });
  for (const d of now.datasets) {
    const was = old.get(d.id);
    if (!was) {
      out.push({ dataset: d.id, field: null, kind: 'new', was: null, is: says(d) });
      continue;
    }
    if (says(was) !== says(d)) out.push({ dataset: d.id, field: null, kind: 'changed', was: says(was), is: says(d) });
    out.push(...fieldDifference(was, d));
  }
  return out;
}

const says = (d: DatasetMap) => `${d.role} ${d.recordClass}`;

function fieldDifference(was: DatasetMap, is: DatasetMap): Difference[] {
  const [old, fresh] = [new Map(was.fields.map((f) => [f.name, f.category])), new Map(is.fields.map((f) => [f.name, f.category]))];
  return [
    ...[...old]
      .filter(([name]) => !fresh.has(name))
      .map(([name, category]): Difference => ({ dataset: is.id, field: name, kind: 'gone', was: category, is: null })),
    ...[...fresh].flatMap(([name, category]): Difference[] => {
      if (!old.has(name)) return [{ dataset: is.id, field: name, kind: 'new', was: null, is: category }];
      return old.get(name) === category ? [] : [{ dataset: is.id, field: name, kind: 'changed', was: old.get(name) ?? null, is: category }];
    }),
  ];
}
