package dev.assay.evidence;

/** The signer's key or state file can't be used; the message names the file and what to do. */
public final class SignerStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SignerStateException(String message) {
    super(message);
  }

  SignerStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
