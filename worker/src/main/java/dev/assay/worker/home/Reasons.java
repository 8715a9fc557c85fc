package dev.assay.worker.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/**
 * Why a file can't be used, as people say it: the JDK's messages are often only the file's name.
 */
final class Reasons {
  private Reasons() {}

  static String of(Exception failure) {
    return switch (failure) {
      case FileAlreadyExistsException e -> e.getFile() + " is a file, a folder is needed";
      case AccessDeniedException e ->
          "you have no permission to write to %s, or to enter a folder above it"
              .formatted(e.getFile());
      case NoSuchFileException e -> e.getFile() + " isn't there";
      case ReadOnlyFileSystemException _ -> "its file system can only be read";
      case FileSystemException e when e.getReason() != null ->
          "%s: %s".formatted(e.getFile(), e.getReason());
      case FileSystemException e -> e.getFile() + " can't be used";
      case IOException e -> String.valueOf(e.getMessage());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
