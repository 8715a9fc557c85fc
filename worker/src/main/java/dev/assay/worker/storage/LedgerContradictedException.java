package dev.assay.worker.storage;

/** The ledger is not the one, or not all of the one, that this home signed a checkpoint of. */
public final class LedgerContradictedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerContradictedException(String message) {
    super(message);
  }
}
