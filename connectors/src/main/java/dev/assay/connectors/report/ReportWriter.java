package dev.assay.connectors.report;

import java.io.IOException;

/**
 * Writes a report in one format: each subject once, then {@link #finish}. Equal input gives equal
 * bytes. Not safe for use by several threads; doesn't close what it writes to.
 */
public interface ReportWriter {
  /** The next subject. */
  void add(Subject subject) throws IOException;

  /** Writes what is left; nothing may be added any more. */
  void finish() throws IOException;
}
