package dev.assay.evidence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a checkpoint lies in a directory anchor: {@code <origin>/<size>-<root>.note}, the size as
 * 20 decimal digits, so that names sort as sizes do, and the root's first 16 hex digits. Another
 * note of the same size and root, and what was torn when written, don't stand in the way: {@code
 * .1} to {@code .9} before {@code .note}.
 */
final class AnchorNames {
  /** Files of one size and root. */
  static final int SAME = 10;

  static final String ENDING = ".note";

  private static final int MAX_PART_BYTES = 255;
  private static final int ROOT_DIGITS = 16;

  private static final Pattern FORM =
      Pattern.compile("([0-9]{20})-([0-9a-f]{16})(?:\\.[1-9])?\\.note");

  private AnchorNames() {}

  /** What a file's name says. */
  record Named(String size, String root) {
    /** Whether a note's line of decimals is the name's size. */
    boolean isSize(String decimals) {
      return decimals.length() <= size.length()
          && size.equals("0".repeat(size.length() - decimals.length()) + decimals);
    }

    boolean fits(Checkpoint checkpoint) {
      return size.equals(sizeDigits(checkpoint)) && root.equals(rootDigits(checkpoint));
    }
  }

  /**
   * An origin's own folder; each part of it is one.
   *
   * @throws AnchorException if that would lie elsewhere, or can't be
   */
  static Path folder(Path anchor, String origin) {
    Path folder = anchor;
    for (String part : origin.split("/", -1)) {
      if (part.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || part.indexOf('\\') >= 0
          || part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
        throw new AnchorException(
            "origin '%s' can't be a folder in %s: each part between slashes is 1 to %d bytes, not '.' or '..'"
                .formatted(origin, anchor, MAX_PART_BYTES));
      }
      folder = folder.resolve(part);
    }
    return folder;
  }

  /**
   * A file's name.
   *
   * @param number 0 to {@link #SAME} - 1
   */
  static String file(Checkpoint checkpoint, int number) {
    return "%s-%s%s%s"
        .formatted(
            sizeDigits(checkpoint),
            rootDigits(checkpoint),
            number == 0 ? "" : "." + number,
            ENDING);
  }

  static Optional<Named> parse(String file) {
    Matcher matcher = FORM.matcher(file);
    return matcher.matches()
        ? Optional.of(new Named(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  private static String sizeDigits(Checkpoint checkpoint) {
    return "%020d".formatted(checkpoint.size());
  }

  private static String rootDigits(Checkpoint checkpoint) {
    return checkpoint.root().hex().substring(0, ROOT_DIGITS);
  }
}
