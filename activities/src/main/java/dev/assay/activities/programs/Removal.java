package dev.assay.activities.programs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Removes a folder with all in it. Each step goes down from an open folder, so nobody who owns a
 * part of it can put a link in the way and have something else removed.
 */
final class Removal {
  private Removal() {}

  /** Does nothing if it isn't there, or somebody else removes it now. */
  static void of(Path folder) throws IOException {
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(folder.getParent())) {
      remove((SecureDirectoryStream<Path>) parent, folder.getFileName());
    }
  }

  private static void remove(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      try (SecureDirectoryStream<Path> folder =
          parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        for (Path path : folder) {
          Path entry = path.getFileName();
          if (isFolder(folder, entry)) {
            remove(folder, entry);
          } else {
            folder.deleteFile(entry);
          }
        }
      }
      parent.deleteDirectory(name);
    } catch (NoSuchFileException e) {
      // gone is what it shall be
    }
  }

  private static boolean isFolder(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }
}
