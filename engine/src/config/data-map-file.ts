// SPDX-License-Identifier: Apache-2.0
import { Document, LineCounter, parseDocument } from 'yaml';
import { FIELD_CATEGORIES } from '../model/category.ts';
import type { DataMap, DatasetMap, FieldMap, StandingColumns } from '../model/data-map.ts';
import { DEPARTMENTS } from '../model/department.ts';
import { RECORD_CLASSES, START_EVENTS } from '../model/law.ts';
import { DEBT_KINDS, END_CAUSES } from '../model/standing.ts';
import { ConfigError } from './error.ts';

/*
 * The data map as people read and correct it: one entry for each dataset, one line for each field. What is left out of a
 * file stays as it was found; what names an unknown dataset, column or value is refused with its line.
 */
interface DatasetFile {
  role?: DatasetMap['role'];
  recordClass?: DatasetMap['recordClass'];
  key?: string[];
  subjectKey?: string | null;
  clocks?: DatasetMap['clocks'];
  standing?: DatasetMap['standing'];
  rowRole?: DatasetMap['rowRole'];
  anonymiseTo?: string[] | null;
  disableTriggers?: string[];
  links?: DatasetMap['links'];
  fields?: Record<string, FieldFile>;
}
interface FieldFile {
  category?: FieldMap['category'];
  sensitivity?: FieldMap['sensitivity'];
  drop?: boolean;
  reason?: string;
}

/** The data map as YAML text, with what was found and how sure. */
export function printDataMap(map: DataMap): string {
  const datasets: Record<string, unknown> = {};
  for (const d of map.datasets) {
    datasets[d.id] = {
      role: d.role,
      recordClass: d.recordClass,
      rows: d.rows,
      key: [...d.key],
      subjectKey: d.subjectKey,
      clocks: d.clocks,
      standing: d.standing,
      rowRole: d.rowRole,
      anonymiseTo: d.anonymiseTo,
      disableTriggers: d.disableTriggers ?? [],
      links: d.links,
      confidence: d.confidence,
      evidence: [...d.evidence],
      fields: Object.fromEntries(
        d.fields.map((f) => [
          f.name,
          {
            type: f.type,
            category: f.category,
            sensitivity: f.sensitivity,
            ...(f.drop ? { drop: true, reason: f.reason ?? '' } : {}),
            confidence: f.confidence,
            evidence: [...f.evidence],
          },
        ]),
      ),
    };
  }
  const doc = new Document({ version: 1, datasets });
  doc.commentBefore = ' 数据地图 data map · role: customer staff supplier merchant none · 更正后用 `shanhou classify --map FILE` 读回';
  return doc.toString({ lineWidth: 140, flowCollectionPadding: false });
}

/** Applies people's corrections (YAML text) to a map. Throws ConfigError naming file, line and what is unknown. */
export function applyDataMapFile(map: DataMap, text: string, file: string): DataMap {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const problem = doc.errors[0];
  if (problem) throw new ConfigError('yaml-unreadable', `${file}:${problem.linePos?.[0].line ?? 1}: ${problem.code}`, problem);
  const body = doc.toJS() as { version?: number; datasets?: Record<string, DatasetFile> } | null;
  if (body === null || typeof body !== 'object' || typeof body.datasets !== 'object')
    throw new ConfigError('data-map-invalid', `${file}:1: datasets`);
  const at = (path: string[]) => `${file}:${lineOf(doc, lines, path)}: ${path.slice(1).join(' › ')}`;
  const known = new Map(map.datasets.map((d) => [d.id, d]));
  for (const [id, change] of Object.entries(body.datasets)) {
    const dataset = known.get(id);
    if (!dataset) throw new ConfigError('unknown-dataset', at(['datasets', id]));
    known.set(
      id,
      applyDataset(dataset, change, (path) => at(['datasets', id, ...path])),
    );
  }
  return { version: 1, datasets: map.datasets.map((d) => known.get(d.id)!) };
}

const DATASET_KEYS = new Set([
  'role',
  'recordClass',
  'rows',
  'key',
  'subjectKey',
  'clocks',
  'standing',
  'rowRole',
  'anonymiseTo',
  'disableTriggers',
  'links',
  'confidence',
  'evidence',
  'fields',
]);
const ROLES = new Set(['customer', 'staff', 'supplier', 'merchant', 'none']);

function applyDataset(dataset: DatasetMap, change: DatasetFile, at: (path: string[]) => string): DatasetMap {
  const columns = new Set([...dataset.fields.map((f) => f.name), '#']);
  const column = (name: string, path: string[]) => {
    if (!columns.has(name)) throw new ConfigError('unknown-column', at(path));
  };
  for (const key of Object.keys(change)) if (!DATASET_KEYS.has(key)) throw new ConfigError('unknown-value', at([key]));
  if (change.role !== undefined && !ROLES.has(change.role)) throw new ConfigError('unknown-value', at(['role']));
  if (change.recordClass !== undefined && !RECORD_CLASSES.includes(change.recordClass))
    throw new ConfigError('unknown-value', at(['recordClass']));
  for (const [event, name] of Object.entries(change.clocks ?? {})) {
    if (!(START_EVENTS as readonly string[]).includes(event)) throw new ConfigError('unknown-value', at(['clocks', event]));
    column(name, ['clocks', event]);
  }
  for (const name of [...(change.key ?? []), ...(change.anonymiseTo ?? [])])
    column(name, [change.key?.includes(name) ? 'key' : 'anonymiseTo']);
  for (const [i, s] of (change.standing ?? []).entries()) {
    const wrong = wrongWord(s);
    if (wrong !== null) throw new ConfigError('unknown-value', at(['standing', String(i), wrong]));
    for (const name of [s.column, s.endedOnColumn, s.causeColumn, s.amountColumn, s.contractColumn])
      if (name !== undefined) column(name, ['standing', String(i)]);
  }
  if (change.rowRole) column(change.rowRole.column, ['rowRole']);
  if (change.subjectKey) column(change.subjectKey, ['subjectKey']);
  for (const link of change.links ?? [])
    for (const name of [...link.columns, ...(link.when ? [link.when.column] : [])]) column(name, ['links']);
  for (const [name, f] of Object.entries(change.fields ?? {})) {
    column(name, ['fields', name]);
    if (f.category != null && !FIELD_CATEGORIES.includes(f.category))
      throw new ConfigError('unknown-value', at(['fields', name, 'category']));
  }
  const { fields, ...rest } = change;
  const listed = Object.entries(rest).filter(([k]) => !['rows', 'confidence', 'evidence'].includes(k));
  const decided = listed.filter(
    ([k, v]) => JSON.stringify(v) !== JSON.stringify(k in dataset ? dataset[k as keyof DatasetMap] : emptyOf(v)),
  );
  const corrected = [...new Set([...(dataset.corrected ?? []), ...decided.map(([k]) => k)])];
  return {
    ...dataset,
    ...Object.fromEntries(decided),
    ...(corrected.length > 0 ? { corrected } : {}),
    fields: dataset.fields.map((f) => applyField(f, fields?.[f.name])),
  };
}

/** The property of a standing column whose word is none that we know. */
function wrongWord(s: StandingColumns): string | null {
  if (s.kind !== 'contract' && s.kind !== 'billing' && !DEBT_KINDS.includes(s.kind)) return 'kind';
  if (Object.values(s.causes ?? {}).some((c) => !(END_CAUSES as readonly string[]).includes(c) && c !== 'assumed-by-successor'))
    return 'causes';
  if (s.by !== undefined && s.by !== 'company' && s.by !== 'customer') return 'by';
  return s.owner !== undefined && !DEPARTMENTS.includes(s.owner) ? 'owner' : null;
}

/** A file lists every property: an empty one that the map left out is no decision. */
const emptyOf = (value: unknown) => (Array.isArray(value) && value.length === 0 ? [] : undefined);

function applyField(field: FieldMap, change: FieldFile | undefined): FieldMap {
  if (!change) return field;
  const corrected =
    (change.category !== undefined && change.category !== field.category) ||
    (change.sensitivity !== undefined && change.sensitivity !== field.sensitivity);
  return {
    ...field,
    ...(change.category !== undefined ? { category: change.category } : {}),
    ...(change.sensitivity !== undefined ? { sensitivity: change.sensitivity } : {}),
    ...(change.drop !== undefined ? { drop: change.drop } : {}),
    ...(change.reason !== undefined ? { reason: change.reason } : {}),
    ...(corrected ? { confidence: 1, evidence: [...field.evidence, 'person'] } : {}),
  };
}

function lineOf(doc: Document.Parsed | Document, lines: LineCounter, path: readonly string[]): number {
  for (let n = path.length; n > 0; n--) {
    const node = doc.getIn(path.slice(0, n), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
