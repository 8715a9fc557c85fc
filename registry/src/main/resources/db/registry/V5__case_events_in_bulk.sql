-- As the other tables that are filled in bulk: the key's trigger costs more than the row, once for each case that a
-- validation opens. Both rows are written in one transaction, and neither is deleted.
ALTER TABLE registry.case_event DROP CONSTRAINT case_event_case_id_fkey;
