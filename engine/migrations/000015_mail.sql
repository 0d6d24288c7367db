-- SPDX-License-Identifier: Apache-2.0
-- Notices that are really sent, and what comes back. `message_id` now holds a notice's id (case code and 24 hex digits), from which the
-- Message-ID and the return addresses are made. No personal data: an answer's words lie sealed in the case folder, by `sealed`.
-- Before this a notice in the outbox was called handed over; nobody had been told.

ALTER TABLE notice ADD COLUMN detail text NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN attempts integer NOT NULL DEFAULT 0;
UPDATE notice SET state = 'prepared';
ALTER TABLE notice ADD CHECK (state IN ('prepared', 'intended', 'handed-over', 'rejected', 'unknown', 'bounced', 'answered'));
CREATE UNIQUE INDEX notice_by_id ON notice (case_id, message_id);
CREATE INDEX notice_by_code ON notice (case_id, right(message_id, 24));
CREATE INDEX notice_by_batch ON notice (case_id, batch);

-- `id_hash`: keyed hash of the Message-ID, so that a message is read once. `subject` is null where none of our codes was in it.
CREATE TABLE answer (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  id_hash text NOT NULL,
  subject bigint,
  kind text NOT NULL,
  detail text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'settled')),
  sealed text,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, id_hash)
);
ALTER TABLE answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE answer FORCE ROW LEVEL SECURITY;
CREATE POLICY own_case ON answer USING (case_id::text = current_setting('shanhou.case_id', true) AND organisation_id::text = current_setting('shanhou.organisation_id', true));
