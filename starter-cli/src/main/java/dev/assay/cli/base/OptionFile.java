package dev.assay.cli.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option names. Evidence is read from plain files alone: a pipe may keep a command
 * waiting for ever, and a device has no end. A link to a plain file is one.
 */
public final class OptionFile {
  private OptionFile() {}

  /**
   * The file, which is there and plain.
   *
   * @param option what names it, for the message: {@code --checkpoint}
   * @throws UsageException if it isn't
   */
  public static Path requirePlain(String option, Path file) {
    requireFile(option, file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UsageException(
          "%s: %s is a pipe or a device: write what it gives to a plain file, and name that"
              .formatted(option, file));
    }
    return file;
  }

  /**
   * The file, which is there, and may be a pipe: what other programs make is read from one.
   *
   * @param option what names it, for the message: {@code --file}
   * @throws UsageException if it isn't there, or is a folder
   */
  public static Path requireFile(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException("%s: %s is a folder: name a file".formatted(option, file));
    }
    if (Files.notExists(file)) {
      throw new UsageException("%s: %s: no such file".formatted(option, file));
    }
    return file;
  }

  /**
   * What it holds.
   *
   * @param most bytes that it may have
   * @param what it should be, for the message: {@code a checkpoint}
   * @throws UsageException if it isn't a plain file, is longer, or can't be read
   */
  public static byte[] read(String option, Path file, int most, String what) {
    requirePlain(option, file);
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new UsageException(
            "%s: %s is too large for %s: more than %d bytes".formatted(option, file, what, most));
      }
      return bytes;
    } catch (java.nio.file.AccessDeniedException e) {
      throw new UsageException("%s: %s: permission denied".formatted(option, file), e);
    } catch (IOException e) {
      throw new UsageException("%s: %s can't be read: %s".formatted(option, file, e), e);
    }
  }
}
