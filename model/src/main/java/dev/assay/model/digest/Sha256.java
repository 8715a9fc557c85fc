package dev.assay.model.digest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest (FIPS 180-4), written as 64 lower-case hex digits. Kept as four numbers: every
 * run, artifact and entry has one, most of them come from the database as bytes and go back there.
 */
public final class Sha256 implements Comparable<Sha256> {
  private static final int BYTES = 32;
  private static final int DIGITS = 64;

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /**
   * Reads 64 lower-case hex digits.
   *
   * @throws IllegalArgumentException for anything else
   */
  public Sha256(String hex) {
    if (!isForm(hex)) {
      throw new IllegalArgumentException(
          "a SHA-256 is 64 lower-case hex digits, got %s characters; pass what sha256sum prints"
              .formatted(hex.length()));
    }
    first = HexFormat.fromHexDigitsToLong(hex, 0, 16);
    second = HexFormat.fromHexDigitsToLong(hex, 16, 32);
    third = HexFormat.fromHexDigitsToLong(hex, 32, 48);
    fourth = HexFormat.fromHexDigitsToLong(hex, 48, 64);
  }

  private Sha256(ByteBuffer raw) {
    first = raw.getLong();
    second = raw.getLong();
    third = raw.getLong();
    fourth = raw.getLong();
  }

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
    if (raw.length != BYTES) {
      throw new IllegalArgumentException(
          "a SHA-256 has %d bytes, got %d".formatted(BYTES, raw.length));
    }
    return new Sha256(ByteBuffer.wrap(raw));
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

  /** The 64 lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The 32 raw bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** The first 12 hex digits: for eyes, never for identity. */
  public String abbreviated() {
    return hex().substring(0, 12);
  }

  /** The order of the bytes, and so of the hex digits. */
  @Override
  public int compareTo(Sha256 other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order == 0 ? Long.compareUnsigned(second, other.second) : order;
    order = order == 0 ? Long.compareUnsigned(third, other.third) : order;
    return order == 0 ? Long.compareUnsigned(fourth, other.fourth) : order;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that
        && first == that.first
        && second == that.second
        && third == that.third
        && fourth == that.fourth;
  }

  /** Any part of a digest is as good as a hash of it. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public String toString() {
    return hex();
  }
}
