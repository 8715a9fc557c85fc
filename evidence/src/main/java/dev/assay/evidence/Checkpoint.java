package dev.assay.evidence;

import dev.assay.model.digest.Sha256;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log says of itself at one moment. As text: {@code origin\nsize\nbase64(root)\n}, without
 * extension lines. Source: c2sp.org/tlog-checkpoint.
 *
 * @param origin the log's name, unique in the world
 * @param size number of leaves, ≥ 0
 * @param root RFC 6962 tree hash over the leaves
 */
public record Checkpoint(String origin, long size, Sha256 root) {
  /** No leading zero, at most 19 digits. */
  private static final Pattern FORM =
      Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n");

  public Checkpoint {
    KeyName.require(origin);
    if (size < 0) {
      throw new NoteException("checkpoint of %s: size %d is below 0".formatted(origin, size));
    }
  }

  /**
   * Reads a checkpoint's text; the signatures are checked by {@link SignedNote#verify}.
   *
   * @throws NoteException for anything else, extension lines included
   */
  public static Checkpoint parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new NoteException(
          "not a checkpoint: expected the lines origin, size in decimal, base64 of 32 bytes, and no more");
    }
    byte[] root = Base64Strict.decode(matcher.group(3), "root of " + matcher.group(1));
    try {
      return new Checkpoint(
          matcher.group(1), Long.parseLong(matcher.group(2)), Sha256.ofBytes(root));
    } catch (NumberFormatException e) {
      throw new NoteException(
          "checkpoint of %s: size %s is beyond 2^63-1"
              .formatted(matcher.group(1), matcher.group(2)));
    }
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
  }
}
