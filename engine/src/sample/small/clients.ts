// SPDX-License-Identifier: Apache-2.0
import { type Person, personOf } from '../people.ts';
import { plusDays, seeded } from '../random.ts';

/** One client of the small agency: a person, the contract, and the money. */
export interface Client extends Person {
  readonly contract: 'ended' | 'running';
  readonly endedOn: string | null;
  readonly amount: number;
  /** Deposit that was not paid back yet, yuan. */
  readonly deposit: number;
  readonly event: string;
}

const EVENTS = ['婚礼策划', '公司年会', '生日聚会', '开业庆典', '家庭摄影'];

/**
 * The clients of a ten-person event agency. Client 4 still has a running contract, client 9 waits for a deposit; the others have ended.
 * The same seed gives the same clients. `today`: YYYY-MM-DD.
 */
export function makeClients(count: number, seed: number, today: string): readonly Client[] {
  const random = seeded(seed + 7_000);
  return Array.from({ length: count }, (_, at) => {
    const person = personOf(random, 500_000 + at, today);
    const running = at === 4;
    return {
      ...person,
      customerNo: `K${String(1_001 + at)}`,
      contract: running ? 'running' : 'ended',
      endedOn: running ? null : plusDays('2026-08-20', -random.int(400)),
      amount: 2_000 + 100 * random.int(80),
      deposit: at === 9 ? 500 : 0,
      event: random.pick(EVENTS),
    };
  });
}
