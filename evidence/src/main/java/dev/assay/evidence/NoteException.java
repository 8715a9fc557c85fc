package dev.assay.evidence;

/**
 * Text that is not the signed note, key or checkpoint it should be: don't use it, ask its source.
 */
public final class NoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoteException(String message) {
    super(message);
  }
}
