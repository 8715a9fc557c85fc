package dev.assay.ledger.export;

/** The folder can't take the export: another log's, not an export, or one that is damaged. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }
}
