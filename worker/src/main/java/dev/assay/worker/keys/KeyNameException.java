package dev.assay.worker.keys;

/** A key can't be made under this name: the message says why and what to give. */
public final class KeyNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyNameException(String message) {
    super(message);
  }
}
