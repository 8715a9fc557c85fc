package dev.assay.cli.base;

/** There is nothing that could be read: exit 3. The message says where, and what makes it. */
public final class NothingThereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NothingThereException(String message) {
    super(message);
  }
}
