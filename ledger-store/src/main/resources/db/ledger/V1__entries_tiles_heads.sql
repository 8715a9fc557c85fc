-- The ledger: entries, full tiles of the tree, one head row per ledger, and a projection for lookups.
-- Bytes: docs/formats/ledger.md. Who may do what: the end of this file.

-- Roles belong to the whole cluster: another database's migration may be making them right now.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['assay_owner', 'assay_writer', 'assay_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$$;

CREATE TABLE ledger.heads (
  ledger     text        NOT NULL PRIMARY KEY,
  origin     text        NOT NULL UNIQUE,
  created    timestamptz NOT NULL DEFAULT clock_timestamp(),
  size       bigint      NOT NULL DEFAULT 0 CHECK (size >= 0),
  chain_hash bytea       NOT NULL CHECK (octet_length(chain_hash) = 32),
  -- Roots of the perfect subtrees, largest first: one for each set bit of size.
  edge       bytea       NOT NULL DEFAULT '' CHECK (octet_length(edge) % 32 = 0),
  recorded   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

CREATE TABLE ledger.entries (
  ledger      text        NOT NULL,
  index       bigint      NOT NULL CHECK (index >= 0),
  key         text        NOT NULL,
  kind        text        NOT NULL,
  actor       text        NOT NULL,
  subject     text        NOT NULL,
  outcome     text        NOT NULL,
  occurred    timestamptz NOT NULL,
  recorded    timestamptz NOT NULL,
  workflow_id text        NOT NULL,
  run_id      text        NOT NULL,
  activity    text        NOT NULL,
  payload     bytea       NOT NULL,
  leaf_hash   bytea       NOT NULL,
  chain_hash  bytea       NOT NULL,
  -- These two and no others: each further index costs a third of the appends.
  CONSTRAINT entries_index PRIMARY KEY (ledger, index),
  -- Key first: an append looks keys up in a way that only this index can serve.
  CONSTRAINT entries_key UNIQUE (key, ledger)
);

CREATE TABLE ledger.tiles (
  ledger text   NOT NULL,
  level  int    NOT NULL CHECK (level >= 0),
  index  bigint NOT NULL CHECK (index >= 0),
  hashes bytea  NOT NULL CHECK (octet_length(hashes) = 8192),
  root   bytea  NOT NULL CHECK (octet_length(root) = 32),
  PRIMARY KEY (ledger, level, index)
);
-- Hashes don't compress.
ALTER TABLE ledger.tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- A projection, rebuilt from entries at will: delete its rows and set next_index to 0.
CREATE TABLE ledger.lookup (
  ledger      text   NOT NULL,
  index       bigint NOT NULL,
  kind        text   NOT NULL,
  actor       text   NOT NULL,
  subject     text   NOT NULL,
  workflow_id text   NOT NULL
);
CREATE UNIQUE INDEX lookup_index ON ledger.lookup (ledger, index);
CREATE INDEX lookup_kind ON ledger.lookup (ledger, kind text_pattern_ops, index);
CREATE INDEX lookup_actor ON ledger.lookup (ledger, actor, index);
CREATE INDEX lookup_subject ON ledger.lookup (ledger, subject, index);
CREATE INDEX lookup_workflow ON ledger.lookup (ledger, workflow_id, index);

CREATE TABLE ledger.lookup_state (
  ledger     text   NOT NULL PRIMARY KEY,
  next_index bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- Append-only. ALWAYS: also in a session with session_replication_role = replica.
-- The owner can disable a trigger: this stops mistakes and applications, not an administrator.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege',
          HINT = 'A correction is a new entry.';
END
$$;

CREATE FUNCTION ledger.refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.recorded < OLD.recorded
      OR (NEW.ledger, NEW.origin, NEW.created) IS DISTINCT FROM (OLD.ledger, OLD.origin, OLD.created) THEN
    RAISE EXCEPTION 'ledger.heads only grows: change of % from size % to % refused', OLD.ledger, OLD.size, NEW.size
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER tiles_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.tiles
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER heads_stay BEFORE DELETE OR TRUNCATE ON ledger.heads
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER heads_only_grow BEFORE UPDATE ON ledger.heads
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_shrinking();
ALTER TABLE ledger.entries ENABLE ALWAYS TRIGGER entries_append_only;
ALTER TABLE ledger.tiles ENABLE ALWAYS TRIGGER tiles_append_only;
ALTER TABLE ledger.heads ENABLE ALWAYS TRIGGER heads_stay;
ALTER TABLE ledger.heads ENABLE ALWAYS TRIGGER heads_only_grow;

GRANT USAGE ON SCHEMA ledger TO assay_writer, assay_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO assay_writer, assay_reader;
GRANT INSERT ON ledger.entries, ledger.tiles TO assay_writer;
GRANT INSERT (ledger, origin, chain_hash) ON ledger.heads TO assay_writer;
GRANT UPDATE (size, chain_hash, edge, recorded) ON ledger.heads TO assay_writer;
GRANT INSERT, DELETE ON ledger.lookup TO assay_writer;
GRANT INSERT, UPDATE ON ledger.lookup_state TO assay_writer;

-- Last, because afterwards a migrating role that isn't a superuser needs its membership for everything.
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'assay_owner', 'MEMBER') THEN
    EXECUTE format('GRANT assay_owner TO %I', current_user);
  END IF;
  EXECUTE 'GRANT USAGE, CREATE ON SCHEMA ledger TO assay_owner';
END
$$;
ALTER TABLE ledger.heads OWNER TO assay_owner;
ALTER TABLE ledger.entries OWNER TO assay_owner;
ALTER TABLE ledger.tiles OWNER TO assay_owner;
ALTER TABLE ledger.lookup OWNER TO assay_owner;
ALTER TABLE ledger.lookup_state OWNER TO assay_owner;
ALTER FUNCTION ledger.refuse_change() OWNER TO assay_owner;
ALTER FUNCTION ledger.refuse_shrinking() OWNER TO assay_owner;
