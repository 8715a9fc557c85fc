package dev.assay.connectors;

/** A SOURCE that can't be used as written: what was looked at, what was found, what to write. */
public final class SourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
