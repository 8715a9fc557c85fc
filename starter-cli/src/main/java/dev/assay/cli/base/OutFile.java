package dev.assay.cli.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Files that options name to be written. What {@code --out} names may be the only copy of some
 * evidence, so it is replaced only when that is asked for; a report is made anew each time. A
 * device, a pipe or, for reports, a link never is replaced.
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
   * Succeeds if a report could be written there; whether what is there may be replaced is for its
   * format to tell.
   *
   * @param option that names it
   * @throws UsageException if it couldn't
   */
  public static void requireReport(String option, Path file) {
    if (file.toString().equals("-")) {
      throw new UsageException(
          "%s -: reports go to files, and standard output has the result (--format): name a file"
              .formatted(option));
    }
    if (Files.isSymbolicLink(file) && !Files.isDirectory(file)) {
      throw new UsageException(
          "%s: %s is a symbolic link, and a report would take its place: name %s"
              .formatted(option, file, insteadOf(file)));
    }
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

  private static String insteadOf(Path link) {
    try {
      return Files.isRegularFile(link)
          ? "the file that it leads to, %s, or another".formatted(link.toRealPath())
          : "a plain file";
    } catch (IOException e) {
      return "another file"; // it was there a moment ago
    }
  }

  private static void requirePlain(String option, Path file) {
    if (file.toString().isEmpty()) {
      throw new UsageException("%s: the path is empty: name a file".formatted(option));
    }
    if (Files.isDirectory(file)) {
      throw new UsageException("%s: %s is a folder: name a file in it".formatted(option, file));
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new UsageException(
          "%s: %s is a pipe, a device or a link to nothing: only plain files are written"
              .formatted(option, file));
    }
  }
}
