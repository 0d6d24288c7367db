// SPDX-License-Identifier: Apache-2.0
import type { OpenItem } from '../model/open-item.ts';
import type { CaseStore } from '../journey/ports.ts';
import { type Bound, type Statement, insert } from './bound.ts';
import { readOutbox } from './outbox.ts';

type ProveStore = Pick<CaseStore, 'openItems' | 'replaceOpenItems' | 'report' | 'saveReport' | 'outbox'>;

/** Open items, reports, and the evidence outbox. */
export function proveStore(db: Bound): ProveStore {
  return {
    openItems: () =>
      db.all<OpenItem & { step: string }>(
        'SELECT step, kind, owner, source, dataset, field, count::int AS count, examples, detail FROM open_item ORDER BY step, position',
      ),
    replaceOpenItems: (step, items) => db.write(openItemStatements(step, items)),
    async report<T>(name: string) {
      return (await db.all<{ body: T }>('SELECT body FROM report WHERE name = $1', [name]))[0]?.body ?? null;
    },
    saveReport: (name, body, entries) =>
      db.write(
        [
          insert(
            'report',
            { name, body: body as object, at: entries[0]?.at ?? new Date().toISOString() },
            'ON CONFLICT (case_id, name) DO UPDATE SET body = excluded.body, at = excluded.at',
          ),
        ],
        entries,
      ),
    outbox: () => db.tx(readOutbox),
  };
}

/** A step's open items replace those of its previous run, in the caller's transaction. */
export function openItemStatements(step: string, items: readonly OpenItem[]): Statement[] {
  const at = new Date().toISOString();
  return [
    ['DELETE FROM open_item WHERE step = $1', [step]],
    ...items.map((item, position) => insert('open_item', { step, position, ...item, at })),
  ];
}
