package dev.assay.evidence;

/** Bytes that are no DSSE envelope: the message says what was found where. */
public final class EnvelopeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EnvelopeException(String message) {
    super(message);
  }

  EnvelopeException(String message, Throwable cause) {
    super(message, cause);
  }
}
