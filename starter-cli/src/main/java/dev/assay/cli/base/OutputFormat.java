package dev.assay.cli.base;

/** What standard output is for: eyes, or programs. */
public enum OutputFormat {
  /** Aligned text; may change between versions. */
  TEXT,
  /** One JSON document; a document a line where the command says so. */
  JSON,
  /** As JSON; a command whose result is a list of things writes one a line instead. */
  JSONL
}
