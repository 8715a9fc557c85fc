package dev.assay.evidence;

import dev.assay.model.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Rules for the names of keys and origins. Source: c2sp.org/signed-note, "Format". */
final class KeyName {
  static final int MAX_LENGTH = 256;

  private KeyName() {}

  /** A name is 1 to 256 characters without spaces, control characters or plus signs. */
  static boolean isValid(String name) {
    return !name.isEmpty()
        && name.codePointCount(0, name.length()) <= MAX_LENGTH
        && name.indexOf('+') < 0
        && name.codePoints().noneMatch(KeyName::isSpaceOrControl);
  }

  static String require(String name) {
    if (!isValid(name)) {
      throw new NoteException(
          "key name of %d characters: expected 1 to %d characters without space, control character or '+'"
              .formatted(name.length(), MAX_LENGTH));
    }
    return name;
  }

  /** First four bytes of SHA-256(name ‖ 0A ‖ type ‖ public key), big-endian. */
  static int keyId(String name, byte type, byte[] publicKey) {
    byte[] hash =
        Sha256.hash(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', type}, publicKey);
    return ByteBuffer.wrap(hash).getInt();
  }

  private static boolean isSpaceOrControl(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
