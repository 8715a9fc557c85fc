-- Cases that live on: docs/design/cases.md. A row projects the case's entries in its ledger, up to transition "ordinal".
ALTER TABLE quarantine_case
  DROP CONSTRAINT quarantine_case_state_check,
  ADD CHECK (state IN ('OPEN', 'TRIAGED', 'REMEDIATING', 'REVALIDATING', 'RELEASED', 'WAIVED', 'REJECTED', 'EXPIRED')),
  ADD COLUMN ledger       text        COLLATE "C" NOT NULL DEFAULT 'main',
  ADD COLUMN ordinal      integer     NOT NULL DEFAULT 0 CHECK (ordinal >= 0),
  -- The revision that is held now; run_digest is the one that the case was opened for.
  ADD COLUMN held_digest  bytea       CHECK (octet_length(held_digest) = 32),
  ADD COLUMN deadline     timestamptz,
  -- What time brings next, whatever it is: who finds it past starts the case's workflow.
  ADD COLUMN next_due     timestamptz,
  ADD COLUMN waived_until timestamptz,
  ADD COLUMN assignee     bytea       CHECK (octet_length(assignee) = 32),
  -- What people have to decide: release, waive or nothing.
  ADD COLUMN proposed     text,
  -- Whether an engine that outlives its commands was told to start the workflow.
  ADD COLUMN started      boolean     NOT NULL DEFAULT false;
UPDATE quarantine_case SET held_digest = run_digest;
ALTER TABLE quarantine_case
  ALTER COLUMN held_digest SET NOT NULL,
  ALTER COLUMN ledger DROP DEFAULT;

-- A run has one case of a policy that isn't closed; one that is waived takes later failures, too.
DROP INDEX quarantine_case_open;
CREATE UNIQUE INDEX quarantine_case_open ON quarantine_case (ledger, subject)
  WHERE state NOT IN ('RELEASED', 'REJECTED', 'EXPIRED');
CREATE INDEX quarantine_case_due ON quarantine_case (ledger, next_due) WHERE next_due IS NOT NULL;
CREATE INDEX quarantine_case_unstarted ON quarantine_case (ledger, opened_at, id)
  WHERE NOT started AND next_due IS NOT NULL;
CREATE INDEX quarantine_case_run ON quarantine_case (ledger, system, experiment, run_id);

-- Free text and names of people: the ledger has the commitment, SHA-256(salt || value). Deleting a row breaks nothing.
CREATE TABLE private_text (
  commitment bytea PRIMARY KEY CHECK (octet_length(commitment) = 32),
  salt       bytea NOT NULL CHECK (octet_length(salt) = 32),
  value      text  NOT NULL CHECK (octet_length(value) <= 65536),
  recorded   timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE private_text OWNER TO assay_owner;

GRANT SELECT ON private_text TO assay_writer, assay_reader;
GRANT INSERT, DELETE ON private_text TO assay_writer;
GRANT UPDATE (ordinal, held_digest, deadline, next_due, waived_until, assignee, proposed, started)
  ON quarantine_case TO assay_writer;
