package dev.assay.ledger.entry;

/** Bytes that aren't an encoded entry: they were damaged, or are of another format. */
public final class EntryFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EntryFormatException(String message) {
    super(message);
  }
}
