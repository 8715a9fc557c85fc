package dev.assay.registry;

/** Text that the database can't hold or index. The importer reports it as a run's problem. */
public final class UnstorableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnstorableException(String message) {
    super(message);
  }
}
