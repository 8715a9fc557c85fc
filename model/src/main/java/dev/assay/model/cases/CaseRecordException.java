package dev.assay.model.cases;

/** What the ledger says about a case can't be: somebody else wrote it, or another version did. */
public final class CaseRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CaseRecordException(String message) {
    super(message);
  }
}
