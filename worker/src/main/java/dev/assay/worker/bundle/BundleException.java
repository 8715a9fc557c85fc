package dev.assay.worker.bundle;

/** A file that is no bundle at all, or a subject of which no bundle can be made. */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BundleException(String message) {
    super(message);
  }

  BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
