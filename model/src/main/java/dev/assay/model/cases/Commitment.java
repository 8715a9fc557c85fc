package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Free text or a person's name, of which the ledger only has a digest: SHA-256(salt ‖ UTF-8 of the
 * text). Without the salt nobody can try out texts.
 */
public final class Commitment {
  /** Bytes of a salt. */
  public static final int SALT_BYTES = 32;

  /** Most UTF-8 bytes of a text. */
  public static final int MAX_BYTES = 65_536;

  private final byte[] salt;
  private final String value;

  /**
   * @param salt {@link #SALT_BYTES} random bytes
   * @param value at most {@link #MAX_BYTES} as UTF-8, without NUL, which a database can't keep
   */
  public Commitment(byte[] salt, String value) {
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException(
          "a salt has %d bytes, got %d".formatted(SALT_BYTES, salt.length));
    }
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_BYTES || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a text has 1 to %d bytes of UTF-8 and no NUL, got %d bytes"
              .formatted(MAX_BYTES, length));
    }
    this.salt = salt.clone();
    this.value = value;
  }

  /** What the ledger has. */
  public Sha256 digest() {
    return Sha256.of(salt, value.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] salt() {
    return salt.clone();
  }

  public String value() {
    return value;
  }
}
