package dev.assay.worker.storage;

import org.jspecify.annotations.Nullable;

/** The database can't be prepared or reached. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
