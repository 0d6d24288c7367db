// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Row } from '../../model/cell.ts';
import type { OfflineForm } from '../../model/offline.ts';
import type { DatasetShape, Source, SourceRow } from '../../model/source.ts';
import { spreadPlaces } from './batches.ts';
import { textColumns } from './files/columns.ts';
import { ConnectError } from './error.ts';
import { fileFailure } from './file.ts';
import type { DatasetReader, SourceInspection } from './ports.ts';

const DATASET = 'units';
const COLUMNS = ['medium', 'holder', 'place', 'unit', 'about'] as const;

/**
 * Reads a declared offline store: the case's copy of its form (JSON), one record for each unit. The numbers are those that people declared; nobody
 * counted them here. Throws ConnectError: not-found, unreadable, damaged.
 */
export function openOffline(source: Source): DatasetReader {
  const form = readForm(source);
  const events = Object.keys(form.clocks) as (keyof OfflineForm['clocks'])[];
  const rows = Array.from({ length: form.units }, (_, at): SourceRow => ({
    key: [String(at + 1)],
    row: [...COLUMNS.map((name) => form[name]), ...events.map((event) => form.clocks[event] ?? null)],
  }));
  const shape: DatasetShape = {
    dataset: DATASET,
    comment: null,
    columns: textColumns([...COLUMNS, ...events]),
    key: ['#'],
    foreignKeys: [],
    hazards: [],
    rows: form.units,
  };
  return {
    source: source.name,
    datasets: () => Promise.resolve([DATASET]),
    shapes: () => Promise.resolve([shape]),
    shape: () => Promise.resolve(shape),
    count: () => Promise.resolve(form.units),
    sample: (_, size) => Promise.resolve(spreadPlaces(form.units, size).map((at): Row => rows[at]!.row)),
    async *scan(_, batch) {
      await Promise.resolve();
      const size = Math.max(1, Math.floor(batch));
      for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
    },
    close: () => Promise.resolve(),
  };
}

/** What was declared. Throws ConnectError as `openOffline`. */
export function inspectOffline(source: Source): SourceInspection {
  const { medium } = readForm(source);
  return { source: source.name, kind: 'offline', format: `declared ${medium}`, datasets: 1, notes: [] };
}

function readForm(source: Source): OfflineForm {
  let text: string;
  try {
    text = readFileSync(source.locator, 'utf8');
  } catch (error) {
    throw fileFailure(error, source.name);
  }
  try {
    return JSON.parse(text) as OfflineForm;
  } catch {
    throw new ConnectError('damaged', { source: source.name, remedy: 'repair-or-restore', reason: 'JSON' });
  }
}
