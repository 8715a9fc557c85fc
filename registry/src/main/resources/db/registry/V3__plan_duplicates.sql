-- Digest of the document that names the other runs of the set with a planned run's content, if there are any.
ALTER TABLE registry.plan_row ADD COLUMN duplicates bytea;
