package dev.assay.ledger.export;

/** The folder can't take the export: another log's, or not an export. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }
}
