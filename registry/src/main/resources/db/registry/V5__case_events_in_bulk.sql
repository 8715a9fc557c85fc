-- A case's own row says which failure opened it; case_event is what joined it later. As for the other tables that are
-- filled in bulk, the foreign key's trigger costs more than the row: both are written in one transaction, neither is
-- deleted.
ALTER TABLE registry.case_event DROP CONSTRAINT case_event_case_id_fkey;
DELETE FROM registry.case_event WHERE opened;
ALTER TABLE registry.case_event DROP COLUMN opened;
DROP INDEX registry.case_event_case;
CREATE INDEX quarantine_case_workflow ON registry.quarantine_case (workflow_id, id);
