// SPDX-License-Identifier: Apache-2.0
import { newId } from '../kit/index.ts';
import type { Clock } from '../kit/index.ts';
import type { CaseFacts } from '../model/case.ts';
import type { Source } from '../model/source.ts';
import type { CaseDirectory, CaseStore } from './ports.ts';
import type { CaseContext } from './context.ts';
import { JourneyError } from './error.ts';

export interface CaseRequest {
  readonly code: string;
  readonly company: string;
  readonly facts: CaseFacts;
  readonly demo: boolean;
  readonly clockStart: string | null;
}

/** Opens a case: the first gate, and the first entry of its evidence. Throws StoreError `case-exists`. */
export function openCase(directory: CaseDirectory, clock: Clock, request: CaseRequest): Promise<CaseStore> {
  const at = clock.now().toISOString();
  return directory.create({ id: newId(clock.now()), at, ...request }, [
    {
      kind: 'case.opened',
      at,
      body: {
        code: request.code,
        company: request.company,
        facts: request.facts,
        demo: request.demo,
        injectedClock: request.clockStart !== null,
      },
    },
  ]);
}

/** Adds a source. Whether it can be reached is found out by discover, which says so without stopping the rest. */
export async function addSource(ctx: CaseContext, source: Source): Promise<void> {
  if ((await ctx.store.sources()).some((s) => s.name === source.name)) throw new JourneyError('source-name-taken', source.name);
  await ctx.store.addSource(source);
}
