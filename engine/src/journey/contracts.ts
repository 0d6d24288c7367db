// SPDX-License-Identifier: Apache-2.0
import { standingOf } from '../decide/contracts/index.ts';
import type { OpenItem } from '../model/open-item.ts';
import type { StandingFact } from '../model/standing.ts';
import { type CaseContext, today } from './context.ts';
import { openCaseInventory } from './inventory.ts';
import { JourneyError } from './error.ts';

/** Contract standing of every subject from all systems that speak of it; contradictions become open items, never a guess. */
export async function verifyContracts(ctx: CaseContext): Promise<void> {
  const gates = await ctx.store.gates();
  if (!gates.has('inventoried')) throw new JourneyError('not-inventoried');
  if (gates.has('contracts-verified')) return;
  const { facts } = await ctx.store.record();
  const inventory = await openCaseInventory(ctx);
  const tally = new Map<string, { item: Omit<OpenItem, 'count' | 'examples'>; subjects: number; examples: number[] }>();
  const note = (item: Omit<OpenItem, 'count' | 'examples'>, index: number) => {
    const key = `${item.kind}|${item.owner}|${item.detail}`;
    const seen = tally.get(key) ?? { item, subjects: 0, examples: [] };
    seen.subjects += 1;
    if (seen.examples.length < 10) seen.examples.push(index);
    tally.set(key, seen);
  };
  try {
    const rows = async function* () {
      const sql = `SELECT s.subject AS subject, min(r.idx) AS first, to_json(list({d: r.dataset, f: r.facts}) FILTER (r.facts IS NOT NULL)) AS facts
                   FROM records r JOIN subjects s USING (idx) WHERE s.subject IS NOT NULL GROUP BY s.subject ORDER BY s.subject`;
      for await (const row of inventory.query<{ subject: number; first: number; facts: string | null }>(sql)) {
        const standing = standingOf(readFacts(row.facts), facts.dissolution, today(ctx));
        for (const c of standing.conflicts)
          note(
            { kind: 'standing-conflict', owner: 'sales', source: null, dataset: null, field: null, detail: `${c.left} ≠ ${c.right}` },
            row.first,
          );
        if (standing.cause === 'running')
          note({ kind: 'contract-running', owner: 'sales', source: null, dataset: null, field: null, detail: 'contract' }, row.first);
        if (standing.owed.length > 0)
          note(
            {
              kind: 'obligation-owed',
              owner: 'support',
              source: null,
              dataset: null,
              field: null,
              detail: standing.owed.map((o) => o.split(' ')[0]).join('+'),
            },
            row.first,
          );
        yield [
          row.subject,
          standing.ended,
          standing.cause,
          standing.endedOn,
          JSON.stringify(standing.owed),
          JSON.stringify(standing.conflicts),
        ] as const;
      }
    };
    const segment = await inventory.writeRows('standing', ['subject', 'ended', 'cause', 'ended_on', 'owed', 'conflicts'], rows());
    const items = [...tally.values()].map(({ item, subjects, examples }) => ({ ...item, count: subjects, examples }));
    await ctx.store.addSegments(segment ? [{ ...segment, dataset: null, firstIndex: null }] : [], { step: 'contracts', items });
    await ctx.store.passGate('contracts-verified', { subjects: segment?.rows ?? 0 }, []);
  } finally {
    await inventory.close();
  }
}

function readFacts(json: string | null): StandingFact[] {
  if (json === null) return [];
  const groups = JSON.parse(json) as { d: string; f: string }[];
  return groups.flatMap((g) => (JSON.parse(g.f) as Omit<StandingFact, 'dataset'>[]).map((f) => ({ ...f, dataset: g.d })));
}
