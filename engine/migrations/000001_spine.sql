-- SPDX-License-Identifier: Apache-2.0
-- The state of every case. No personal data: records are known by their inventory index, subjects by a number.
-- Row-level security keeps one organisation and one case from another; FORCE, because the owner is who connects.

CREATE TABLE organisation (
  id uuid PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE case_file (
  organisation_id uuid NOT NULL REFERENCES organisation,
  case_id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  company text NOT NULL,
  demo boolean NOT NULL,
  facts jsonb NOT NULL,
  clock_start timestamptz,
  opened_at timestamptz NOT NULL
);

CREATE TABLE officer (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  id uuid NOT NULL,
  department text NOT NULL,
  label text NOT NULL,
  public_key text NOT NULL,
  PRIMARY KEY (case_id, id),
  UNIQUE (case_id, label)
);

CREATE TABLE source (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  name text NOT NULL,
  kind text NOT NULL,
  locator text NOT NULL,
  credentials jsonb NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (case_id, name)
);

-- What discover saw: shapes with counts, hazards and links; no values.
CREATE TABLE discovery (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  source text NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, source)
);

CREATE TABLE data_map (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  version integer NOT NULL,
  body jsonb NOT NULL,
  digest text NOT NULL,
  author text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, version)
);

CREATE TABLE segment (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  kind text NOT NULL,
  position integer NOT NULL,
  dataset text,
  path text NOT NULL,
  rows bigint NOT NULL,
  first_index bigint,
  sha256 text NOT NULL,
  PRIMARY KEY (case_id, kind, position)
);

CREATE TABLE gate (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  gate text NOT NULL,
  at timestamptz NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (case_id, gate)
);

CREATE TABLE plan (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  version integer NOT NULL,
  digest text NOT NULL,
  body jsonb NOT NULL,
  prepared_by text NOT NULL,
  at timestamptz NOT NULL,
  void_reason text,
  PRIMARY KEY (case_id, version)
);

CREATE TABLE approval (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  plan_digest text NOT NULL,
  officer_id uuid NOT NULL,
  department text NOT NULL,
  envelope jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, plan_digest, officer_id)
);

-- After approval records may only be taken out of destruction.
CREATE TABLE exception (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  subject bigint NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, subject)
);

CREATE TABLE notice (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  batch integer NOT NULL,
  subject bigint NOT NULL,
  channel text NOT NULL,
  state text NOT NULL,
  message_id text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, subject)
);

CREATE TABLE archive_chunk (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  archive_class text NOT NULL,
  dataset text NOT NULL,
  first_index bigint NOT NULL,
  last_index bigint NOT NULL,
  path text NOT NULL,
  sha256 text NOT NULL,
  records integer NOT NULL,
  exceptions jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, dataset, first_index, archive_class)
);

-- planned (no row) → intended → done. An intent without a done is the unknown that resume must settle.
CREATE TABLE chunk (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  dataset text NOT NULL,
  first_index bigint NOT NULL,
  last_index bigint NOT NULL,
  records integer NOT NULL,
  state text NOT NULL CHECK (state IN ('intended', 'done')),
  file_before text,
  file_after text,
  deleted integer,
  anonymised integer,
  exceptions jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, dataset, first_index)
);

CREATE TABLE open_item (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  step text NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL,
  owner text NOT NULL,
  source text,
  dataset text,
  field text,
  count bigint NOT NULL,
  examples jsonb NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, step, position)
);

CREATE TABLE report (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  name text NOT NULL,
  body jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, name)
);

-- What the evidence log must hold, in order. `leaves` counts the log leaves an entry stands for, itself included.
CREATE TABLE evidence_outbox (
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  position integer NOT NULL,
  first_leaf bigint NOT NULL,
  leaves bigint NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (case_id, position)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['case_file','officer','source','discovery','data_map','segment','gate','plan','approval','exception','notice','archive_chunk','chunk','open_item','report','evidence_outbox'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_case ON %I USING (case_id::text = current_setting(''shanhou.case_id'', true) AND organisation_id::text = current_setting(''shanhou.organisation_id'', true))', t);
  END LOOP;
END $$;

-- A case is found by its code before its id is known; the directory holds nothing else.
CREATE TABLE case_directory (
  code text PRIMARY KEY,
  organisation_id uuid NOT NULL,
  case_id uuid NOT NULL
);
