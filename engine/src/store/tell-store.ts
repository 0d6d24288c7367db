// SPDX-License-Identifier: Apache-2.0
import type { AnswerRow, CaseStore, NoticeCount, NoticeRow } from '../journey/ports.ts';
import { type Bound, insert } from './bound.ts';

type TellStore = Pick<
  CaseStore,
  | 'notices'
  | 'noticeBatches'
  | 'addNotices'
  | 'noticesOf'
  | 'unknownNotices'
  | 'intendNotices'
  | 'settleNotices'
  | 'loseIntended'
  | 'resendNotices'
  | 'noticeByCode'
  | 'answers'
  | 'answer'
  | 'addAnswer'
  | 'settleAnswer'
>;

interface DbNotice {
  batch: number;
  subject: string;
  channel: NoticeRow['channel'];
  state: NoticeRow['state'];
  message_id: string;
  attempts: number;
  detail: string;
}
const NOTICE = 'batch, subject, channel, state, message_id, attempts, detail';

interface DbAnswer {
  id_hash: string;
  subject: string | null;
  kind: AnswerRow['kind'];
  detail: string;
  state: AnswerRow['state'];
  sealed: string | null;
  at: Date;
}

/** Who was told and how that ended, and what came back. */
export function tellStore(db: Bound): TellStore {
  return {
    async notices() {
      const rows = await db.all<Omit<NoticeCount, 'count'> & { count: string }>(
        `SELECT channel, state, CASE WHEN state IN ('prepared', 'rejected', 'bounced') THEN detail ELSE '' END AS detail, count(*) AS count
         FROM notice GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      );
      return rows.map((r) => ({ ...r, count: Number(r.count) }));
    },
    async noticeBatches() {
      return new Set((await db.all<{ batch: number }>('SELECT DISTINCT batch FROM notice')).map((r) => r.batch));
    },
    addNotices: (batch, notices, entries) =>
      db.write(
        [
          [
            `INSERT INTO notice (organisation_id, case_id, batch, subject, channel, state, message_id, at)
             SELECT current_setting('shanhou.organisation_id')::uuid, current_setting('shanhou.case_id')::uuid, $1, n.subject, n.channel, 'prepared', n.id, $2
             FROM jsonb_to_recordset($3) AS n(subject bigint, channel text, id text) ON CONFLICT DO NOTHING`,
            [batch, entries[0]?.at ?? new Date().toISOString(), JSON.stringify(notices)],
          ],
        ],
        entries,
      ),
    async noticesOf(batch) {
      return (await db.all<DbNotice>(`SELECT ${NOTICE} FROM notice WHERE batch = $1 ORDER BY message_id`, [batch])).map(noticeFrom);
    },
    async unknownNotices() {
      return (await db.all<DbNotice>(`SELECT ${NOTICE} FROM notice WHERE state = 'unknown' ORDER BY message_id`)).map(noticeFrom);
    },
    intendNotices: (ids) => db.write([["UPDATE notice SET state = 'intended' WHERE state = 'prepared' AND message_id = ANY($1)", [ids]]]),
    settleNotices: (outcomes, at) =>
      db.write([
        [
          `UPDATE notice SET state = o.state, detail = o.detail, at = $2, attempts = attempts + (o.detail = 'deferred')::int
           FROM jsonb_to_recordset($1) AS o(id text, state text, detail text) WHERE notice.state = 'intended' AND message_id = o.id`,
          [JSON.stringify(outcomes), at],
        ],
      ]),
    loseIntended: (at) => db.write([["UPDATE notice SET state = 'unknown', detail = 'run-ended', at = $1 WHERE state = 'intended'", [at]]]),
    resendNotices: (ids) =>
      db.write([
        [
          "UPDATE notice SET state = 'prepared', detail = 'resend' WHERE state = 'unknown' AND ($1::text[] IS NULL OR message_id = ANY($1))",
          [ids],
        ],
      ]),
    async noticeByCode(code) {
      const rows = await db.all<DbNotice>(`SELECT ${NOTICE} FROM notice WHERE right(message_id, 24) = $1`, [code]);
      return rows[0] ? noticeFrom(rows[0]) : null;
    },
    async answers() {
      return (await db.all<DbAnswer>('SELECT id_hash, subject, kind, detail, state, sealed, at FROM answer ORDER BY id_hash')).map(
        answerFrom,
      );
    },
    async answer(idHash) {
      const rows = await db.all<DbAnswer>('SELECT id_hash, subject, kind, detail, state, sealed, at FROM answer WHERE id_hash = $1', [
        idHash,
      ]);
      return rows[0] ? answerFrom(rows[0]) : null;
    },
    addAnswer: (a, { noticeState, exception }, entries) =>
      db.write(
        [
          insert(
            'answer',
            { id_hash: a.idHash, subject: a.subject, kind: a.kind, detail: a.detail, state: a.state, sealed: a.sealed, at: a.at },
            'ON CONFLICT DO NOTHING',
          ),
          ...(noticeState === null ? [] : [noticeChange(a, noticeState)]),
          ...(exception === null ? [] : [insert('exception', { ...exception, at: a.at }, 'ON CONFLICT DO NOTHING')]),
        ],
        entries,
      ),
    settleAnswer: (idHash, exception, entries) =>
      db.write(
        [
          ["UPDATE answer SET state = 'settled' WHERE id_hash = $1", [idHash]],
          ...(exception === null
            ? []
            : [insert('exception', { ...exception, at: entries[0]?.at ?? new Date().toISOString() }, 'ON CONFLICT DO NOTHING')]),
        ],
        entries,
      ),
  };
}

/** Who answers has had the notice; a bounce tells nothing about one that was answered. */
function noticeChange(a: AnswerRow, state: 'bounced' | 'answered'): readonly [string, readonly unknown[]] {
  const from = state === 'bounced' ? ['handed-over', 'unknown'] : ['handed-over', 'unknown', 'bounced'];
  const detail = state === 'bounced' ? (a.kind === 'bounce-soft' ? 'soft' : 'hard') : '';
  return [
    'UPDATE notice SET state = $1, detail = $2, at = $3 WHERE subject = $4 AND state = ANY($5)',
    [state, detail, a.at, a.subject, from],
  ];
}

function noticeFrom(r: DbNotice): NoticeRow {
  return {
    batch: r.batch,
    subject: Number(r.subject),
    channel: r.channel,
    state: r.state,
    id: r.message_id,
    attempts: r.attempts,
    detail: r.detail,
  };
}

function answerFrom(r: DbAnswer): AnswerRow {
  return {
    idHash: r.id_hash,
    subject: r.subject === null ? null : Number(r.subject),
    kind: r.kind,
    detail: r.detail,
    state: r.state,
    sealed: r.sealed,
    at: r.at.toISOString(),
  };
}
