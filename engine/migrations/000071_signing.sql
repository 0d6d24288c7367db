-- SPDX-License-Identifier: Apache-2.0
-- Everything that officers signed, only added to: approvals, delegations, revocations, exception lists. What each is stands in the signed bytes.

CREATE TABLE signing (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  position integer NOT NULL,
  officer_id uuid NOT NULL,
  envelope jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, position)
);
ALTER TABLE approval NO FORCE ROW LEVEL SECURITY;
INSERT INTO signing SELECT organisation_id, case_id, (row_number() OVER (PARTITION BY case_id ORDER BY at, officer_id))::integer - 1, officer_id, envelope, at FROM approval;
DROP TABLE approval;
ALTER TABLE signing ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing FORCE ROW LEVEL SECURITY;
CREATE POLICY own_case ON signing USING (case_id::text = current_setting('shanhou.case_id', true) AND organisation_id::text = current_setting('shanhou.organisation_id', true));
