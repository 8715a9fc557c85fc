package dev.assay.model.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest (FIPS 180-4), written as 64 lower-case hex digits. */
public record Sha256(String hex) implements Comparable<Sha256> {
  private static final int DIGITS = 64;

  public Sha256 {
    if (!isForm(hex)) {
      throw new IllegalArgumentException(
          "a SHA-256 is 64 lower-case hex digits, got %s characters; pass what sha256sum prints"
              .formatted(hex.length()));
    }
  }

  /** Without a pattern: every run, artifact and entry has a digest. */
  private static boolean isForm(String hex) {
    if (hex.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The digest of the concatenation of {@code parts}. */
  public static Sha256 of(byte[]... parts) {
    return ofBytes(hash(parts));
  }

  /**
   * Wraps 32 raw bytes.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static Sha256 ofBytes(byte[] raw) {
    return new Sha256(HexFormat.of().formatHex(raw));
  }

  /** The raw 32-byte digest of the concatenation of {@code parts}. */
  public static byte[] hash(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** A fresh SHA-256; every Java platform has one. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** The 32 raw bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The first 12 hex digits: for eyes, never for identity. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
