-- All that can be queried. Run by Flyway with registry as the default schema; its history table lives there, too.
-- Key columns have COLLATE "C" (the order of UTF-8 bytes), so that a plan's order is the same in every database.

-- The ledger's migration creates the same roles; either may come first, or both at once.
DO $roles$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['assay_owner', 'assay_writer', 'assay_reader'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another migration was faster
    END;
  END LOOP;
END
$roles$;

-- body: the run in columns (docs/formats/run.md). A page holds most rows inline; longer ones are compressed.
-- The digest covers experiment and run id, so (digest, system) is unique for identity and digest.
CREATE TABLE run_revision (
  digest      bytea       NOT NULL CHECK (octet_length(digest) = 32),
  system      text        COLLATE "C" NOT NULL,
  experiment  text        COLLATE "C" NOT NULL,
  run_id      text        COLLATE "C" NOT NULL,
  source      text        NOT NULL,
  name        text        NOT NULL,
  status      text        NOT NULL,
  body        bytea       NOT NULL,
  recorded    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (digest, system)
) WITH (toast_tuple_target = 8160);
CREATE INDEX run_revision_identity ON run_revision (system, experiment, run_id);

CREATE TABLE document (
  digest      bytea       PRIMARY KEY CHECK (octet_length(digest) = 32),
  kind        text        NOT NULL,
  bytes       bytea       NOT NULL CHECK (octet_length(bytes) <= 16777216),
  recorded    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE import_set (
  id          uuid        PRIMARY KEY,
  created     timestamptz NOT NULL DEFAULT now(),
  closed      timestamptz,
  members     bigint      CHECK ((members IS NULL) = (closed IS NULL))
);

-- No foreign keys on the tables that are filled in bulk: their triggers cost more than the rows.
CREATE TABLE import_member (
  set_id        uuid  NOT NULL,
  system        text  COLLATE "C" NOT NULL,
  experiment    text  COLLATE "C" NOT NULL,
  run_id        text  COLLATE "C" NOT NULL,
  run_digest    bytea NOT NULL,
  source        text  COLLATE "C" NOT NULL,
  artifacts_now bytea
);
CREATE INDEX import_member_set ON import_member (set_id);

-- Projects the run.imported and run.changed entries of each ledger: what one ledger knows says nothing about another.
CREATE TABLE run_head (
  ledger      text   COLLATE "C" NOT NULL,
  system      text   COLLATE "C" NOT NULL,
  experiment  text   COLLATE "C" NOT NULL,
  run_id      text   COLLATE "C" NOT NULL,
  run_digest  bytea  NOT NULL,
  entry_index bigint NOT NULL CHECK (entry_index >= 0),
  PRIMARY KEY (ledger, system, experiment, run_id)
);

CREATE TABLE artifacts_first (
  system      text        COLLATE "C" NOT NULL,
  experiment  text        COLLATE "C" NOT NULL,
  run_id      text        COLLATE "C" NOT NULL,
  artifacts   bytea       NOT NULL,
  recorded    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (system, experiment, run_id)
);

-- One row an id: its inputs never change, and its row lock hands out the ordinals.
CREATE TABLE execution_counter (
  kind          text    COLLATE "C" NOT NULL,
  id            text    COLLATE "C" NOT NULL,
  inputs_digest bytea   NOT NULL,
  last_ordinal  integer NOT NULL CHECK (last_ordinal >= 1),
  PRIMARY KEY (kind, id)
);

CREATE TABLE execution (
  workflow_id   text        COLLATE "C" PRIMARY KEY,
  kind          text        COLLATE "C" NOT NULL,
  id            text        COLLATE "C" NOT NULL,
  ordinal       integer     NOT NULL CHECK (ordinal >= 1),
  inputs_digest bytea       NOT NULL,
  state         text        NOT NULL CHECK (state IN ('ALLOCATED', 'STARTED', 'SEALED', 'ABANDONED')),
  allocated     timestamptz NOT NULL DEFAULT now(),
  started       timestamptz,
  ended         timestamptz,
  outcome_root  bytea,
  first_index   bigint,
  last_index    bigint,
  summary       bytea,
  UNIQUE (kind, id, ordinal),
  CHECK ((state = 'SEALED') = (outcome_root IS NOT NULL)),
  CHECK ((outcome_root IS NULL) = (summary IS NULL)),
  CHECK ((outcome_root IS NULL) = (first_index IS NULL) AND (first_index IS NULL) = (last_index IS NULL))
);

CREATE TABLE plan (
  workflow_id text        COLLATE "C" PRIMARY KEY,
  digest      bytea       NOT NULL,
  header      bytea       NOT NULL CHECK (octet_length(header) <= 16777216),
  row_count   integer     NOT NULL CHECK (row_count >= 0),
  -- What the findings of all its runs have in common; each findings_digest covers its share.
  checks      bytea       NOT NULL CHECK (octet_length(checks) <= 16777216),
  written     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE plan_row (
  workflow_id     text    COLLATE "C" NOT NULL,
  ordinal         integer NOT NULL,
  system          text    COLLATE "C" NOT NULL,
  experiment      text    COLLATE "C" NOT NULL,
  run_id          text    COLLATE "C" NOT NULL,
  run_digest      bytea   NOT NULL,
  source          text    NOT NULL,
  artifacts_now   bytea,
  artifacts_first bytea,
  PRIMARY KEY (workflow_id, ordinal)
);

-- findings: in columns (docs/formats/validation.md), the parts that plan.checks has left out.
CREATE TABLE judgement (
  workflow_id     text    COLLATE "C" NOT NULL,
  ordinal         integer NOT NULL CHECK (ordinal >= 0),
  verdict         text    COLLATE "C" NOT NULL,
  findings_digest bytea   NOT NULL CHECK (octet_length(findings_digest) = 32),
  findings        bytea   NOT NULL CHECK (octet_length(findings) <= 16777216),
  PRIMARY KEY (workflow_id, ordinal)
);
ALTER TABLE judgement ALTER COLUMN findings SET STORAGE EXTERNAL;

CREATE TABLE shard_result (
  workflow_id  text        COLLATE "C" NOT NULL,
  from_ordinal integer     NOT NULL CHECK (from_ordinal >= 0),
  to_ordinal   integer     NOT NULL,
  digest       bytea       NOT NULL CHECK (octet_length(digest) = 32),
  signature    bytea       NOT NULL CHECK (octet_length(signature) <= 16384),
  key_id       text        NOT NULL,
  recorded     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workflow_id, from_ordinal),
  CHECK (to_ordinal > from_ordinal)
);

-- subject: SHA-256 over the canonical JSON array [system, experiment, run_id, policy]: one short key for "this run, this
-- policy", whatever the length of its parts.
CREATE TABLE quarantine_case (
  id          text        COLLATE "C" PRIMARY KEY,
  subject     bytea       NOT NULL CHECK (octet_length(subject) = 32),
  system      text        COLLATE "C" NOT NULL,
  experiment  text        COLLATE "C" NOT NULL,
  run_id      text        COLLATE "C" NOT NULL,
  policy      text        COLLATE "C" NOT NULL,
  workflow_id text        COLLATE "C" NOT NULL,
  run_digest  bytea       NOT NULL,
  verdict     text        NOT NULL,
  state       text        NOT NULL CHECK (state IN ('OPEN', 'REJECTED')),
  opened_at   timestamptz NOT NULL,
  reason      text        NOT NULL,
  entry_index bigint      NOT NULL CHECK (entry_index >= 0)
);
CREATE UNIQUE INDEX quarantine_case_open ON quarantine_case (subject) WHERE state = 'OPEN';
CREATE INDEX quarantine_case_opened ON quarantine_case (opened_at, id);

-- Every failure that opened or joined a case. failure: SHA-256 over [system, experiment, run_id, policy, workflow_id].
CREATE TABLE case_event (
  failure     bytea       NOT NULL CHECK (octet_length(failure) = 32),
  run_digest  bytea       NOT NULL,
  case_id     text        COLLATE "C" NOT NULL REFERENCES quarantine_case,
  workflow_id text        COLLATE "C" NOT NULL,
  verdict     text        NOT NULL,
  opened      boolean     NOT NULL,
  occurred    timestamptz NOT NULL,
  reason      text        NOT NULL,
  entry_index bigint      NOT NULL CHECK (entry_index >= 0),
  PRIMARY KEY (failure, run_digest)
);
CREATE INDEX case_event_case ON case_event (case_id);
CREATE INDEX case_event_workflow ON case_event (workflow_id, case_id);

GRANT USAGE ON SCHEMA registry TO assay_writer, assay_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA registry TO assay_writer, assay_reader;
GRANT INSERT ON run_revision, document, import_set, import_member, run_head, artifacts_first, execution_counter,
  execution, plan, plan_row, judgement, shard_result, quarantine_case, case_event TO assay_writer;
-- Evidence (revisions, documents, plans, judgements, shards, members) is never updated.
GRANT UPDATE ON import_set, run_head, execution_counter, execution TO assay_writer;
GRANT UPDATE (state, entry_index) ON quarantine_case TO assay_writer;

-- The owner of the tables reads the schema, too, when it checks a foreign key.
DO $owner$
DECLARE
  t text;
BEGIN
  ALTER SCHEMA registry OWNER TO assay_owner;
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'registry' AND tablename <> 'flyway_schema_history' LOOP
    EXECUTE format('ALTER TABLE registry.%I OWNER TO assay_owner', t);
  END LOOP;
END
$owner$;
