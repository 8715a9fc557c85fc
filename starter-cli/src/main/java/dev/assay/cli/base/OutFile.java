package dev.assay.cli.base;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files that options name to be written. What {@code --out} names may be the only copy of some
 * evidence, so it is replaced only when that is asked for; a report is made anew each time. A
 * device or a pipe never is replaced.
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
    requirePlain("--out", file);
    if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          "--out: %s is there already: remove it, name another, or replace it with --force"
              .formatted(file));
    }
  }

  /**
   * Succeeds if a report may be written there, in place of one that may be there.
   *
   * @param option that names it
   * @throws UsageException if it may not
   */
  public static void requireReplaceable(String option, Path file) {
    requirePlain(option, file);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(
          "%s: there is no folder %s: make it, or name a file elsewhere".formatted(option, folder));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(
          "%s: nothing can be written into %s: change its mode, or name a file elsewhere"
              .formatted(option, folder));
    }
  }

  private static void requirePlain(String option, Path file) {
    if (file.toString().isEmpty() || Files.isDirectory(file)) {
      throw new UsageException("%s: %s is a folder: name a file in it".formatted(option, file));
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new UsageException(
          "%s: %s is a pipe, a device or a link to nothing: only plain files are written"
              .formatted(option, file));
    }
  }
}
