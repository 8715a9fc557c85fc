package dev.assay.cli.base;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file that {@code --out} names. What is there may be the only copy of some evidence, so it is
 * replaced only when that is asked for; a device or a pipe never.
 */
public final class OutFile {
  private OutFile() {}

  /**
   * Succeeds if the file may be written.
   *
   * @param force whether one that is there may be replaced
   * @throws UsageException if it may not
   */
  public static void require(Path file, boolean force) {
    if (Files.isDirectory(file)) {
      throw new UsageException("--out: %s is a folder: name a file in it".formatted(file));
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--out: %s is a pipe, a device or a link to nothing: only plain files are written"
              .formatted(file));
    }
    if (!force) {
      throw new UsageException(
          "--out: %s is there already: remove it, name another, or replace it with --force"
              .formatted(file));
    }
  }
}
