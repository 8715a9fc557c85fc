-- A head's time is that of the last entry: never infinite, which no entry could follow. Whether a later one is right only
-- the entries tell: appending compares them, and so does the verifier.
CREATE OR REPLACE FUNCTION ledger.refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < OLD.size OR NEW.recorded < OLD.recorded OR NOT isfinite(NEW.recorded)
      OR (NEW.ledger, NEW.origin, NEW.created) IS DISTINCT FROM (OLD.ledger, OLD.origin, OLD.created) THEN
    RAISE EXCEPTION 'ledger.heads only grows: change of % from size % to %, recorded % to %, refused',
        OLD.ledger, OLD.size, NEW.size, OLD.recorded, NEW.recorded
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;
