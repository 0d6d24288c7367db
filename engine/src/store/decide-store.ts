// SPDX-License-Identifier: Apache-2.0
import type { Gate } from '../model/case.ts';
import type { CaseStore, StoredFinding, StoredPlan } from '../journey/ports.ts';
import { type Bound, insert } from './bound.ts';

type DecideStore = Pick<
  CaseStore,
  | 'gates'
  | 'passGate'
  | 'clearGates'
  | 'plan'
  | 'savePlan'
  | 'voidPlan'
  | 'signings'
  | 'addSigning'
  | 'exceptions'
  | 'addException'
  | 'replaceExceptions'
  | 'findings'
  | 'addFinding'
>;

type FindingRow = Omit<StoredFinding, 'recordKey' | 'endedOn' | 'documentSha256' | 'officerId' | 'at'> & {
  record_key: string;
  ended_on: string | null;
  document_sha256: string;
  officer_id: string;
  at: Date;
};

/** Gates passed, plans and their signatures, exceptions. */
export function decideStore(db: Bound): DecideStore {
  return {
    async gates() {
      const rows = await db.all<{ gate: Gate; at: Date; body: Record<string, unknown> }>('SELECT gate, at, body FROM gate');
      return new Map(rows.map((r) => [r.gate, { at: r.at.toISOString(), body: r.body }]));
    },
    passGate: (gate, body, entries) =>
      db.write(
        [
          insert(
            'gate',
            { gate, at: entries[0]?.at ?? new Date().toISOString(), body },
            'ON CONFLICT (case_id, gate) DO UPDATE SET at = excluded.at, body = excluded.body',
          ),
        ],
        entries,
      ),
    clearGates: (gates) => db.write([['DELETE FROM gate WHERE gate = ANY($1)', [gates]]]),
    async plan() {
      const rows = await db.all<{
        version: number;
        digest: string;
        body: Record<string, unknown>;
        prepared_by: string;
        void_reason: string | null;
      }>('SELECT version, digest, body, prepared_by, void_reason FROM plan ORDER BY version DESC LIMIT 1');
      const row = rows[0];
      return row
        ? ({
            version: row.version,
            digest: row.digest,
            body: row.body,
            preparedBy: row.prepared_by,
            voidReason: row.void_reason,
          } satisfies StoredPlan)
        : null;
    },
    async savePlan(plan, entries) {
      const [row] = await db.all<{ next: number }>('SELECT coalesce(max(version), 0) + 1 AS next FROM plan');
      await db.write(
        [
          ["UPDATE plan SET void_reason = 'superseded' WHERE void_reason IS NULL", []],
          insert('plan', {
            version: row!.next,
            digest: plan.digest,
            body: plan.body,
            prepared_by: plan.preparedBy,
            at: entries[0]?.at ?? new Date().toISOString(),
          }),
        ],
        entries,
      );
    },
    voidPlan: (reason) => db.write([['UPDATE plan SET void_reason = $1 WHERE void_reason IS NULL', [reason]]]),
    async signings() {
      const rows = await db.all<{ officer_id: string; envelope: unknown; at: Date }>(
        'SELECT officer_id, envelope, at FROM signing ORDER BY position',
      );
      return rows.map((r) => ({ officerId: r.officer_id, envelope: r.envelope, at: r.at.toISOString() }));
    },
    async addSigning({ officerId, envelope, at }, entries) {
      const [row] = await db.all<{ next: number }>('SELECT coalesce(max(position) + 1, 0) AS next FROM signing');
      await db.write([insert('signing', { position: row!.next, officer_id: officerId, envelope: envelope as object, at })], entries);
    },
    async findings() {
      const rows = await db.all<FindingRow>(
        'SELECT dataset, record_key, contract, ended, cause, ended_on, settled, reason, document_sha256, officer_id, seen, at FROM finding ORDER BY position',
      );
      return rows.map(({ record_key, ended_on, document_sha256, officer_id, at, ...same }) => ({
        ...same,
        recordKey: record_key,
        endedOn: ended_on,
        documentSha256: document_sha256,
        officerId: officer_id,
        at: at.toISOString(),
      }));
    },
    async addFinding({ recordKey, endedOn, documentSha256, officerId, ...same }, entries) {
      const [row] = await db.all<{ next: number }>('SELECT coalesce(max(position) + 1, 0) AS next FROM finding');
      const columns = { record_key: recordKey, ended_on: endedOn, document_sha256: documentSha256, officer_id: officerId };
      await db.write([insert('finding', { position: row!.next, ...same, ...columns })], entries);
    },
    async exceptions() {
      const rows = await db.all<{ subject: string; reason: string }>('SELECT subject, reason FROM exception ORDER BY subject');
      return rows.map((r) => ({ subject: Number(r.subject), reason: r.reason }));
    },
    replaceExceptions: (exceptions, at) =>
      db.write([['DELETE FROM exception', []], ...exceptions.map((e) => insert('exception', { ...e, at }))]),
    addException: (subject, reason, entries) =>
      db.write(
        [insert('exception', { subject, reason, at: entries[0]?.at ?? new Date().toISOString() }, 'ON CONFLICT DO NOTHING')],
        entries,
      ),
  };
}
