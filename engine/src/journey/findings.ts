// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Inventory } from '../find/inventory/index.ts';
import type { DebtKind, EndCause } from '../model/standing.ts';
import { voidFrom } from './case-facts.ts';
import { type CaseContext, entry, today } from './context.ts';
import { JourneyError } from './error.ts';
import { recordNumber } from './find-record.ts';
import { openCaseInventory } from './inventory.ts';
import type { StoredFinding } from './ports.ts';
import { evidenceHash, recordRef, subjectFacts } from './subject-facts.ts';

export interface NewFinding {
  /** Inventory number or `dataset:key` of a record of the customer. */
  readonly record: string;
  /** null = nothing is said of the end. */
  readonly ended: boolean | null;
  readonly endedOn: string | null;
  readonly cause: EndCause | null;
  readonly settled: readonly DebtKind[];
  /** Only the contract whose number the record gives; else all of the customer's. */
  readonly onlyThis: boolean;
  /** A person's words; must not name anybody. */
  readonly reason: string;
  /** Path of the document it rests on; its hash is kept, the file is not. */
  readonly document: string;
  /** Label of the officer. */
  readonly by: string;
}

/**
 * What an officer found out about a customer's contracts from a document: it speaks instead of the systems as long as they say what they
 * say now. A plan made before is void. Throws JourneyError `unknown-officer`, `unknown-record`, `finding-on-nobody` (the record is of no
 * customer or of several, or gives no contract number), `finding-incomplete`, `already-executed`.
 */
export async function addFinding(ctx: CaseContext, found: NewFinding): Promise<StoredFinding> {
  const officer = (await ctx.store.officers()).find((o) => o.label === found.by);
  if (!officer) throw new JourneyError('unknown-officer', found.by);
  const wanting = incomplete(found, today(ctx));
  if (wanting !== null) throw new JourneyError('finding-incomplete', wanting);
  if ((await ctx.store.chunks()).length > 0) throw new JourneyError('already-executed');
  const documentSha256 = await hashOf(found.document);
  const inventory = await openCaseInventory(ctx);
  try {
    const on = await standsFor(ctx, inventory, found);
    const finding: StoredFinding = {
      ...on,
      ended: found.ended,
      cause: found.ended === true ? found.cause! : 'none',
      endedOn: found.endedOn,
      settled: found.settled,
      reason: found.reason.trim(),
      documentSha256,
      officerId: officer.id,
      at: ctx.clock.now().toISOString(),
    };
    await voidFrom(ctx, 'findings-changed');
    await ctx.store.addFinding(finding, [entry(ctx, 'standing.found', { ...finding, settled: [...finding.settled] })]);
    return finding;
  } finally {
    await inventory.close();
  }
}

function incomplete({ ended, endedOn, cause, settled, reason }: NewFinding, day: string): string | null {
  if (reason.trim() === '') return 'reason';
  if (ended === null && settled.length === 0) return 'ended';
  if (ended === true && (cause === null || endedOn === null)) return cause === null ? 'cause' : 'ended-on';
  if (endedOn !== null && endedOn > day) return 'ended-on';
  return null;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function standsFor(
  ctx: CaseContext,
  inventory: Inventory,
  { record, onlyThis }: NewFinding,
): Promise<Pick<StoredFinding, 'dataset' | 'recordKey' | 'contract' | 'seen'>> {
  const index = await recordNumber(ctx, inventory, record);
  const { subjects, dataset, recordKey } = await recordRef(ctx, inventory, index);
  const [subject, ...others] = subjects;
  if (subject === undefined || others.length > 0) throw new JourneyError('finding-on-nobody', record);
  const contract = onlyThis ? await contractOf(inventory, index) : null;
  if (onlyThis && contract === null) throw new JourneyError('finding-on-nobody', record);
  for await (const { facts } of subjectFacts(inventory, subject)) return { dataset, recordKey, contract, seen: evidenceHash(facts) };
  throw new JourneyError('finding-on-nobody', record);
}

async function contractOf(inventory: Inventory, index: number): Promise<string | null> {
  for await (const row of inventory.query<{ facts: string | null }>('SELECT facts FROM records WHERE idx = $1', [index]))
    return (JSON.parse(row.facts ?? '[]') as { contract?: string }[]).flatMap((f) => f.contract ?? [])[0] ?? null;
  return null;
}
