// SPDX-License-Identifier: Apache-2.0
import { readFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { SourceRow } from '../../../model/source.ts';
import { textColumns } from './columns.ts';
import { LIMITS } from './limits.ts';
import type { Finding, Order, Reply } from './messages.ts';
import { newVisit, type Piece, pieces } from './pieces.ts';

/*
 * The parsers run here, so that a file that drives one of them mad takes only this thread with it. One order at a time:
 *   waiting → (order) → working → item → (next) → working … → end | failed → waiting
 */
const port = parentPort!;
let wake: ((more: boolean) => void) | null = null;

port.on('message', (message: Order | 'next' | 'stop') => {
  if (message === 'next' || message === 'stop') wake?.(message === 'next');
  else void serve(message);
});

async function serve(order: Order): Promise<void> {
  const reply = (message: Reply) => port.postMessage(message);
  try {
    for await (const item of work(order, (path) => reply({ type: 'at', path }))) {
      const answer = new Promise<boolean>((resolve) => (wake = resolve));
      reply({ type: 'item', item });
      if (!(await answer)) break;
    }
    reply({ type: 'end' });
  } catch (error) {
    reply({ type: 'failed', code: codeOf(error) });
  }
}

/** An errno, or the name of the error's class: its message may quote the file. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code) ? error.code : error.name;
}

async function* work(order: Order, at: (path: string) => void): AsyncGenerator<Finding | readonly SourceRow[] | Uint8Array> {
  at(order.path);
  const all = found(order, at);
  if (order.task === 'survey') for await (const piece of all) yield finding(piece);
  else if (order.task === 'rows') yield* inBatches(rowsOf(all, order.dataset), order.batch);
  else for await (const piece of all) yield* bytesOf(piece, order);
}

async function* found({ file, path, skip }: Order, at: (path: string) => void): AsyncGenerator<Piece> {
  if (statSync(file).size > LIMITS.fileBytes) return yield { kind: 'unreadable', path, reason: 'limit', detail: 'over 50 MiB' };
  yield* pieces(readFileSync(file), path, newVisit(at, new Set(skip)));
}

function finding(piece: Piece): Finding {
  if (piece.kind === 'unreadable') return piece;
  if (piece.kind === 'document') return { kind: 'document', dataset: piece.dataset, path: piece.path };
  const { dataset, columns, rows, hazards, headerRow, types } = piece.table;
  const shapes = textColumns(columns).map((column) => ({ ...column, type: types?.[column.name] ?? column.type }));
  return { kind: 'table', dataset, columns: shapes, rows, hazards, ...(headerRow === undefined ? {} : { headerRow }) };
}

async function* rowsOf(all: AsyncIterable<Piece>, dataset: string): AsyncGenerator<SourceRow> {
  for await (const piece of all) {
    if (piece.kind === 'table' && piece.table.dataset === dataset) return yield* piece.table.scan();
    if (piece.kind === 'document' && piece.dataset === dataset) yield piece.row;
    if (piece.kind === 'unreadable' && dataset === '!unreadable')
      yield { key: [piece.path], row: [piece.path, piece.reason, piece.detail] };
  }
}

async function* bytesOf(piece: Piece, { dataset, record }: Order): AsyncGenerator<Uint8Array> {
  if (piece.kind === 'document' && piece.dataset === dataset && piece.path === record) yield Uint8Array.from(piece.bytes);
  if (piece.kind !== 'table' || piece.table.dataset !== dataset || piece.message === undefined) return;
  const bytes = piece.message(Number(record));
  if (bytes !== null) yield Uint8Array.from(bytes);
}

/** Documents are long: a batch also ends after a million signs. */
async function* inBatches(rows: AsyncIterable<SourceRow>, size: number): AsyncGenerator<readonly SourceRow[]> {
  let batch: SourceRow[] = [];
  let signs = 0;
  for await (const row of rows) {
    batch.push(row);
    signs += row.text?.length ?? 0;
    if (batch.length < size && signs < 1_000_000) continue;
    yield batch;
    batch = [];
    signs = 0;
  }
  if (batch.length > 0) yield batch;
}
