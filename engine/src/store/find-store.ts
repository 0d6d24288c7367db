// SPDX-License-Identifier: Apache-2.0
import type { DataMap } from '../model/data-map.ts';
import type { Source } from '../model/source.ts';
import type { CaseStore, Segment } from '../journey/ports.ts';
import { type Bound, insert } from './bound.ts';
import { openItemStatements } from './prove-store.ts';

type FindStore = Pick<
  CaseStore,
  | 'sources'
  | 'addSource'
  | 'removeSource'
  | 'discovery'
  | 'saveDiscovery'
  | 'dataMap'
  | 'saveDataMap'
  | 'segments'
  | 'addSegments'
  | 'dropSegments'
>;

/** Sources, what was discovered in them, the data map, and the manifest of inventory segments. */
export function findStore(db: Bound): FindStore {
  return {
    sources: () => db.all<Source & { position: number }>('SELECT name, kind, locator, credentials FROM source ORDER BY position'),
    addSource: (source) =>
      db.write([
        insert('source', { name: source.name, kind: source.kind, locator: source.locator, credentials: source.credentials, position: 0 }),
        ['UPDATE source SET position = (SELECT count(*) FROM source) WHERE name = $1', [source.name]],
      ]),
    removeSource: (name, entries) =>
      db.write(
        [
          ['DELETE FROM source WHERE name = $1', [name]],
          ['DELETE FROM discovery WHERE source = $1', [name]],
          [`DELETE FROM open_item WHERE source = $1 AND kind <> 'source-left-out'`, [name]],
        ],
        entries,
      ),
    async discovery(source) {
      return (await db.all<{ body: unknown }>('SELECT body FROM discovery WHERE source = $1', [source]))[0]?.body ?? null;
    },
    saveDiscovery: (source, body) =>
      db.write([
        insert(
          'discovery',
          { source, body, at: new Date(0).toISOString() },
          'ON CONFLICT (case_id, source) DO UPDATE SET body = excluded.body',
        ),
      ]),
    async dataMap() {
      const rows = await db.all<{ version: number; body: DataMap; digest: string; author: string }>(
        'SELECT version, body, digest, author FROM data_map ORDER BY version DESC LIMIT 1',
      );
      const row = rows[0];
      return row ? { version: row.version, map: row.body, digest: row.digest, author: row.author } : null;
    },
    async saveDataMap(map, digest, author, entries) {
      const [{ next }] = (await db.all<{ next: number }>('SELECT coalesce(max(version), 0) + 1 AS next FROM data_map')) as [
        { next: number },
      ];
      await db.write([insert('data_map', { version: next, body: map, digest, author, at: new Date().toISOString() })], entries);
      return next;
    },
    async segments(kind) {
      const rows = await db.all<{
        kind: Segment['kind'];
        dataset: string | null;
        path: string;
        rows: string;
        first_index: string | null;
        sha256: string;
      }>('SELECT kind, dataset, path, rows, first_index, sha256 FROM segment WHERE $1::text IS NULL OR kind = $1 ORDER BY kind, position', [
        kind ?? null,
      ]);
      return rows.map((r) => ({ ...r, rows: Number(r.rows), firstIndex: r.first_index === null ? null : Number(r.first_index) }));
    },
    addSegments: (segments, items) =>
      db.write([
        ...segments.map(
          (s) =>
            [
              `INSERT INTO segment (organisation_id, case_id, kind, position, dataset, path, rows, first_index, sha256)
               SELECT current_setting('shanhou.organisation_id')::uuid, current_setting('shanhou.case_id')::uuid, $1, coalesce(max(position) + 1, 0), $2, $3, $4, $5, $6
               FROM segment WHERE kind = $1`,
              [s.kind, s.dataset, s.path, s.rows, s.firstIndex, s.sha256],
            ] as const,
        ),
        ...(items ? openItemStatements(items.step, items.items) : []),
      ]),
    dropSegments: (kinds) => db.write([['DELETE FROM segment WHERE kind = ANY($1)', [kinds]]]),
  };
}
