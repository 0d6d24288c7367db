-- SPDX-License-Identifier: Apache-2.0
-- What people found out about a contract from documents, against what systems say. Only added to. No personal data: `record_key` is a keyed
-- hash of the record's key, `contract` of the contract's number, `seen` a hash of the evidence that the finding speaks against.

CREATE TABLE finding (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  position integer NOT NULL,
  dataset text NOT NULL,
  record_key text NOT NULL,
  contract text,
  ended boolean,
  cause text NOT NULL,
  ended_on text,
  settled jsonb NOT NULL,
  reason text NOT NULL,
  document_sha256 text NOT NULL,
  officer_id uuid NOT NULL,
  seen text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, position)
);
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY own_case ON finding USING (case_id::text = current_setting('shanhou.case_id', true) AND organisation_id::text = current_setting('shanhou.organisation_id', true));
