-- What programs showed of planned runs, by digest of the document: written once, before the run is judged.
CREATE TABLE observation (
  workflow_id text    COLLATE "C" NOT NULL,
  ordinal     integer NOT NULL CHECK (ordinal >= 0),
  check_id    text    COLLATE "C" NOT NULL,
  digest      bytea   NOT NULL REFERENCES document (digest),
  PRIMARY KEY (workflow_id, ordinal, check_id)
);
ALTER TABLE observation OWNER TO assay_owner;
GRANT SELECT ON observation TO assay_writer, assay_reader;
GRANT INSERT ON observation TO assay_writer;
