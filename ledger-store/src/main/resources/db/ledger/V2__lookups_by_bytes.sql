-- The projection anew: in the order of bytes, so that prefixes are ranges in any database, and with indexes from which
-- each page is cut by reading little more than its rows. Quick on any ledger, as nothing is copied: lookups read the
-- entries until whoever appends next, or 'assay db rebuild-projections', has filled it.
DROP TABLE ledger.lookup;
CREATE TABLE ledger.lookup (
  ledger      text   COLLATE "C" NOT NULL,
  index       bigint NOT NULL,
  kind        text   COLLATE "C" NOT NULL,
  actor       text   COLLATE "C" NOT NULL,
  subject     text   COLLATE "C" NOT NULL,
  workflow_id text   COLLATE "C" NOT NULL
);
-- Each ends with kind and index: a page of any kinds is merged from one range for each kind, which are few.
-- None by index alone: it would invite the planner to walk the whole ledger for rare rows.
CREATE INDEX lookup_kind ON ledger.lookup (ledger, kind, index);
CREATE INDEX lookup_actor ON ledger.lookup (ledger, actor, kind, index);
CREATE INDEX lookup_subject ON ledger.lookup (ledger, subject, kind, index);
CREATE INDEX lookup_workflow ON ledger.lookup (ledger, workflow_id, kind, index);

-- next_index: entries below it are projected; -1: the rows are not to be believed, and are being made again.
UPDATE ledger.lookup_state SET next_index = 0;

GRANT SELECT, INSERT, DELETE ON ledger.lookup TO assay_writer;
GRANT SELECT ON ledger.lookup TO assay_reader;
ALTER TABLE ledger.lookup OWNER TO assay_owner;
