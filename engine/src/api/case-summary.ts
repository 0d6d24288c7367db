// SPDX-License-Identifier: Apache-2.0
import { type Static, Type } from 'typebox';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const count = Type.Integer({ minimum: 0 });

/** One line of the population ledger: the source's own count and what became of every record. */
export const LedgerLine = Type.Object({
  dataset: Type.String(),
  sourceCount: count,
  delete: count,
  anonymise: count,
  archive: count,
  transfer: count,
  handOver: count,
  hold: count,
  exclude: count,
  gap: count,
  /** The source's own count equals the sum of the dispositions. */
  balanced: Type.Boolean(),
});

/** Fields that go while a record stays (in the archive, or anonymised in place). */
export const FieldLine = Type.Object({ dataset: Type.String(), field: Type.String(), kept: count, gone: count });

export const OpenItemView = Type.Object({
  kind: Type.String(),
  owner: Type.String(),
  source: nullable(Type.String()),
  dataset: nullable(Type.String()),
  field: nullable(Type.String()),
  count,
  detail: Type.String(),
});

export const GateView = Type.Object({
  gate: Type.String(),
  at: nullable(Type.String()),
  blockers: Type.Array(Type.Object({ owner: Type.String(), kind: Type.String(), detail: Type.String(), count })),
});

/** What `status --json` prints and the case page shows. No personal data. */
export const CaseSummary = Type.Object({
  schema: Type.Literal('shanhou.case-summary.v1'),
  case: Type.Object({
    code: Type.String(),
    company: Type.String(),
    today: Type.String(),
    demo: Type.Boolean(),
    injectedClock: Type.Boolean(),
  }),
  gate: Type.String(),
  next: Type.String(),
  gates: Type.Array(GateView),
  planDigest: nullable(Type.String()),
  ledger: Type.Array(LedgerLine),
  fields: Type.Array(FieldLine),
  openItems: Type.Array(OpenItemView),
  /** Customers by kind and tier (core or general); null before an inventory. */
  customers: nullable(
    Type.Object({
      subjects: count,
      counts: Type.Array(Type.Object({ kind: Type.String(), tier: Type.String(), subjects: count })),
    }),
  ),
  notices: Type.Array(Type.Object({ channel: Type.String(), state: Type.String(), detail: Type.String(), count })),
  /** Customers by what is known of their notice; null before any is written. Only `told` had it taken over and not given back. */
  told: nullable(Type.Object({ told: count, answered: count, rejected: count, unknown: count, bounced: count, unsent: count })),
  rules: Type.Array(
    Type.Object({
      id: Type.String(),
      law: Type.String(),
      lawEn: Type.String(),
      article: Type.String(),
      records: count,
      until: nullable(Type.String()),
    }),
  ),
  verification: nullable(
    Type.Object({ passed: Type.Boolean(), datasets: count, residue: count, canaries: Type.String(), notSearched: count }),
  ),
  evidence: nullable(
    Type.Object({
      verdict: Type.String(),
      bundle: Type.String(),
      anchors: Type.Array(Type.Object({ name: Type.String(), fingerprint: Type.String(), demo: Type.Boolean() })),
      missing: Type.Array(Type.String()),
      /** Time stamps over the checkpoint: who, when, whether they count, and whether a demo made them. */
      timestamps: Type.Object({
        quorum: count,
        counted: count,
        tokens: Type.Array(
          Type.Object({
            name: Type.String(),
            state: Type.String(),
            at: nullable(Type.String()),
            signer: nullable(Type.String()),
            demo: Type.Boolean(),
          }),
        ),
      }),
    }),
  ),
  /** Files of the documents written so far: plan, disposal list. */
  documents: Type.Array(Type.String()),
  folders: Type.Object({ data: Type.String(), keys: Type.String(), archive: Type.String(), outbox: Type.String() }),
});

export type CaseSummary = Static<typeof CaseSummary>;
export type LedgerLine = Static<typeof LedgerLine>;
export type FieldLine = Static<typeof FieldLine>;
