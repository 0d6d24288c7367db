// SPDX-License-Identifier: Apache-2.0
import type pg from 'pg';
import { canonicalJson } from '../kit/index.ts';
import type { EvidenceEntry } from '../model/evidence.ts';
import type { NewEntry, OutboxEntry } from '../journey/ports.ts';

/** Appends evidence entries inside the caller's transaction. Locking the case row makes the numbering gapless. */
export async function appendEntries(
  client: pg.PoolClient,
  caseId: string,
  organisationId: string,
  entries: readonly NewEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query('SELECT 1 FROM case_file WHERE case_id = $1 FOR UPDATE', [caseId]);
  const { rows } = await client.query<{ position: number; leaf: string }>(
    'SELECT coalesce(max(position) + 1, 0)::int AS position, coalesce(max(first_leaf + leaves), 0) AS leaf FROM evidence_outbox',
  );
  let { position } = rows[0]!;
  let leaf = Number(rows[0]!.leaf);
  for (const entry of entries) {
    const leaves = entry.leaves ?? 1;
    await client.query(
      'INSERT INTO evidence_outbox (organisation_id, case_id, position, first_leaf, leaves, kind, at, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)',
      [organisationId, caseId, position, leaf, leaves, entry.kind, entry.at, canonicalJson(entry.body)],
    );
    position += 1;
    leaf += leaves;
  }
}

interface OutboxRow {
  position: number;
  first_leaf: string;
  leaves: string;
  kind: EvidenceEntry['kind'];
  at: Date;
  body: string;
}

/** All entries in order. */
export async function readOutbox(client: pg.PoolClient): Promise<OutboxEntry[]> {
  const { rows } = await client.query<OutboxRow>(
    'SELECT position, first_leaf, leaves, kind, at, body FROM evidence_outbox ORDER BY position',
  );
  return rows.map((row) => ({
    position: row.position,
    firstLeaf: Number(row.first_leaf),
    leaves: Number(row.leaves),
    kind: row.kind,
    at: row.at.toISOString(),
    body: JSON.parse(row.body) as Record<string, unknown>,
  }));
}
