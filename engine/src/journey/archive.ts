// SPDX-License-Identifier: Apache-2.0
import { archivedFields } from '../decide/plan/index.ts';
import { InFlight, archiveChunk, newArchiveIdentity, rehearse } from '../act/vault/index.ts';
import { openReader } from '../find/connect/index.ts';
import type { Inventory } from '../find/inventory/index.ts';
import { fingerprintRow } from '../kit/index.ts';
import type { Row } from '../model/cell.ts';
import type { DatasetMap } from '../model/data-map.ts';
import type { PlannedRecord } from '../model/planned.ts';
import type { DatasetShape, Reader, Source } from '../model/source.ts';
import { type CaseContext, folders } from './context.ts';
import { JourneyError } from './error.ts';
import { caseRules } from './case-rules.ts';
import { openCaseInventory } from './inventory.ts';
import { runJobs } from './jobs.ts';
import { RowFeed, expectedRecords, matchRows, namer } from './match-rows.ts';
import { type PlannedChunk, plannedChunks } from './planned-chunks.ts';
import { programmed } from './sources.ts';
import { isHeld, texts } from './sql.ts';

/**
 * Writes every record that must be kept into encrypted archives, reads each file back, and rehearses the restore.
 * No deletion begins before this gate is passed.
 */
export async function archiveRecords(ctx: CaseContext): Promise<void> {
  if ((await ctx.store.gates()).has('archived')) return;
  const { map } = (await ctx.store.dataMap())!;
  const sources = await ctx.store.sources();
  const offline = new Set(map.datasets.filter((d) => !programmed(sources).some((s) => s.name === d.source)).map((d) => d.id));
  const inventory = await openCaseInventory(ctx);
  try {
    const datasets = (await archivedDatasets(inventory)).filter(({ dataset }) => !offline.has(dataset));
    await ensureIdentities(
      ctx,
      datasets.flatMap((d) => d.classes),
    );
    await runJobs(
      ctx,
      'archive',
      datasets.map(({ dataset }) => ({
        key: dataset,
        run: () =>
          archiveDataset(
            ctx,
            inventory,
            map.datasets.find((d) => d.id === dataset)!,
            sources.find((s) => s.name === dataset.slice(0, dataset.indexOf('/')))!,
          ),
      })),
    );
    ctx.progress({ step: 'rehearse', unit: '', done: 0, total: 1 });
    const report = await rehearse({
      folder: folders(ctx).archive,
      identities: identitiesOf(ctx),
      expected: expectedInArchive(ctx, inventory, [...offline]),
    });
    ctx.progress({ step: 'rehearse', unit: '', done: 1, total: 1 });
    const unread = (await ctx.store.archiveChunks()).flatMap((c) => c.exceptions.map((e) => e.index));
    const missing = report.missing.filter((index) => !unread.includes(index));
    if (report.damaged.length > 0 || report.changed.length > 0 || report.unexpected.length > 0 || missing.length > 0) {
      throw new JourneyError(
        'rehearsal-failed',
        `damaged ${report.damaged.length}, changed ${report.changed.length}, missing ${missing.length}`,
      );
    }
    await ctx.store.passGate('archived', { chunks: report.chunks, records: report.records }, []);
  } finally {
    await inventory.close();
  }
}

async function archivedDatasets(inventory: Inventory): Promise<{ dataset: string; classes: string[] }[]> {
  const out: { dataset: string; classes: string[] }[] = [];
  const sql = `SELECT dataset, list(DISTINCT archive_class) AS classes FROM plan WHERE disposition = 'archive' GROUP BY dataset ORDER BY dataset`;
  for await (const row of inventory.query<{ dataset: string; classes: string[] }>(sql))
    out.push({ dataset: row.dataset, classes: [...row.classes] });
  return out;
}

/** One age identity for each retention class: destroying it at term destroys the class. */
async function ensureIdentities(ctx: CaseContext, classes: readonly string[]): Promise<void> {
  for (const name of new Set(classes)) {
    if (ctx.keys.has(`archive:${name}`)) continue;
    const { identity, recipient } = await newArchiveIdentity();
    ctx.keys.put(`archive:${name}`, new TextEncoder().encode(`${identity} ${recipient}`));
  }
}

export function identitiesOf(ctx: CaseContext): Map<string, string> {
  const classes = ctx.keys.purposes().filter((p) => p.startsWith('archive:'));
  return new Map(classes.map((p) => [p.slice('archive:'.length), pair(ctx, p)[0]]));
}

/** The public half of a class's key pair. */
export function recipientFor(ctx: CaseContext, archiveClass: string): string {
  return pair(ctx, `archive:${archiveClass}`)[1];
}

function pair(ctx: CaseContext, purpose: string): [identity: string, recipient: string] {
  return new TextDecoder().decode(ctx.keys.get(purpose)).split(' ') as [string, string];
}

async function archiveDataset(ctx: CaseContext, inventory: Inventory, map: DatasetMap, source: Source): Promise<void> {
  const discovery = (await ctx.store.discovery(source.name)) as { datasets: DatasetShape[] };
  const shape = discovery.datasets.find((d) => d.dataset === map.dataset)!;
  const done = new Set((await ctx.store.archiveChunks()).filter((c) => c.dataset === map.id).map(archiveUnit));
  const key = ctx.keys.get('inventory');
  const excepted = (await ctx.store.exceptions()).map((e) => e.subject);
  const reader = await openReader(source, ctx.secret(source.credentials.read));
  const writing = new InFlight();
  try {
    const columns = shape.columns.map((column) => column.name);
    const rows = matchRows(reader.scan(map.dataset, 2_000, columns), expectedRecords(inventory, map, key), namer(map, key));
    const feed = new RowFeed(rows);
    const bytes = bytesOf(reader, map, shape);
    const rulesOf = await rulesByClass(inventory, map.id);
    let count = 0;
    for await (const chunk of plannedChunks(inventory, map, source.kind, excepted, key)) {
      count += chunk.records.length;
      ctx.progress({ step: 'archive', unit: map.id, done: count, total: map.rows });
      // A run may have died between two classes of one chunk: each class of a chunk is done or not done by itself.
      const wanted = chunk.records.filter(
        (r) => r.archiveClass !== null && !done.has(archiveUnit({ ...chunk, archiveClass: r.archiveClass })),
      );
      if (wanted.length === 0) continue;
      const found = await feed.take(new Map(wanted.map((r) => [r.index, r.fingerprint])), chunk.last, (row) => fingerprintRow(key, row));
      const write = () => archiveOne(ctx, { ...chunk, records: wanted }, map, shape, rulesOf, found, bytes);
      // The bytes of documents come from the same reader as the rows: one after the other.
      if (bytes) await write();
      else await writing.start(write);
    }
    await writing.end();
  } finally {
    await writing.settle();
    await reader.close();
  }
}

async function archiveOne(
  ctx: CaseContext,
  chunk: PlannedChunk,
  map: DatasetMap,
  shape: DatasetShape,
  rulesOf: ReadonlyMap<string, readonly string[]>,
  rows: ReadonlyMap<number, Row>,
  file: ((record: PlannedRecord) => Promise<Uint8Array>) | undefined,
): Promise<void> {
  const pack = new Map(caseRules(ctx).map((r) => [r.id, r]));
  const recipients = identitiesOf(ctx);
  for (const archiveClass of new Set(chunk.records.flatMap((r) => r.archiveClass ?? []))) {
    const rules = (rulesOf.get(archiveClass) ?? []).flatMap((id) => pack.get(id) ?? []);
    const identity = recipients.get(archiveClass)!;
    const result = await archiveChunk({
      folder: folders(ctx).archive,
      archiveClass,
      chunk,
      rows,
      columns: shape.columns.map((c) => ({ name: c.name, type: c.type })),
      kept: archivedFields(map, rules).kept,
      recipient: recipientFor(ctx, archiveClass),
      identity,
      ...(file ? { file } : {}),
      crash: ctx.crash,
    });
    const unread = chunk.records.filter((r) => r.archiveClass === archiveClass && !result.verified.has(r.index));
    await ctx.store.saveArchiveChunk({
      archiveClass,
      dataset: map.id,
      first: chunk.first,
      last: chunk.last,
      path: result.path,
      sha256: result.sha256,
      records: result.records,
      exceptions: unread.map((r) => ({ index: r.index, outcome: 'drifted' as const, detail: 'not-read-as-planned' })),
    });
  }
}

/** How the bytes of documents and messages are read, which are what is kept of them; nothing for tables. */
function bytesOf(reader: Reader, map: DatasetMap, shape: DatasetShape): ((record: PlannedRecord) => Promise<Uint8Array>) | undefined {
  if (!shape.columns.some(({ type }) => type === 'document' || type === 'message')) return undefined;
  return (record) => {
    // A reader that cannot give the bytes has nothing that could be kept: the archive must not pass.
    if (!reader.file) throw new JourneyError('rehearsal-failed', `${map.id}: no bytes`);
    return reader.file(map.dataset, record.key);
  };
}

/** Names one archive file: a retention class's part of a chunk. */
export function archiveUnit(part: { readonly archiveClass: string; readonly first: number }): string {
  return `${part.archiveClass} ${part.first}`;
}

/** The rules that decided for each retention class of a dataset; they say which fields may be kept. */
async function rulesByClass(inventory: Inventory, dataset: string): Promise<Map<string, string[]>> {
  const out = new Map<string, string[]>();
  const sql = `SELECT archive_class, string_agg(DISTINCT rules, ',') AS rules FROM plan WHERE dataset = $1 AND disposition = 'archive' GROUP BY archive_class`;
  for await (const row of inventory.query<{ archive_class: string; rules: string }>(sql, [dataset]))
    out.set(row.archive_class, [...new Set<string>(row.rules.split(','))]);
  return out;
}

/** What the restore rehearsal must find: planned archive records, less those that were taken out after approval. */
async function* expectedInArchive(
  ctx: CaseContext,
  inventory: Inventory,
  offline: readonly string[],
): AsyncGenerator<{ index: number; fingerprint: string; archiveClass: string }> {
  const excepted = (await ctx.store.exceptions()).map((e) => e.subject);
  const sql = `SELECT p.idx AS idx, r.fp AS fp, p.archive_class AS archive_class FROM plan p JOIN records r USING (idx)
               WHERE p.disposition = 'archive' AND NOT ${isHeld(excepted, 'p.idx')}
                 AND NOT list_contains(${texts(offline)}, p.dataset) ORDER BY p.idx`;
  for await (const r of inventory.query<{ idx: number; fp: string; archive_class: string }>(sql))
    yield { index: r.idx, fingerprint: r.fp, archiveClass: r.archive_class };
}
