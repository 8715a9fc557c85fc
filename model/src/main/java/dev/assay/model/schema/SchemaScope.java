package dev.assay.model.schema;

import java.util.Locale;

/** Which part of a run a schema is about. */
public enum SchemaScope {
  /** All of it, as {@code assay schema Run} has it, without source. */
  RUN,
  /** Parameters: an object of texts. */
  PARAMS,
  /** Tags: an object of texts. */
  TAGS,
  /** Metrics: an object of lists of points. */
  METRICS;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
