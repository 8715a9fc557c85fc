package dev.assay.registry;

/** The database can't be reached, is full, or chose this transaction to fail; try again later. */
public final class RegistryUnavailableException extends RegistryException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
