package dev.assay.model.trust;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A public key as documents and entries write it: {@code ed25519:} and the base64 (RFC 4648 section
 * 4) of the 32 bytes of RFC 8032. It has one text, so equal texts are equal keys.
 */
public record PublicKey(String text) implements Comparable<PublicKey> {
  /** What its text begins with. */
  public static final String PREFIX = "ed25519:";

  private static final Pattern FORM = Pattern.compile("ed25519:[A-Za-z0-9+/]{43}=");

  public PublicKey {
    if (!isForm(text)) {
      throw new IllegalArgumentException(
          "a public key is ed25519: and 44 characters of base64, got %d characters; 'assay keys list' shows yours"
              .formatted(text.length()));
    }
  }

  /**
   * Of the 32 raw bytes.
   *
   * @throws IllegalArgumentException for any other length
   */
  public static PublicKey of(byte[] raw) {
    return new PublicKey(PREFIX + Base64.getEncoder().encodeToString(raw));
  }

  /** Whether a text is one. */
  public static boolean isForm(String text) {
    return FORM.matcher(text).matches()
        && Base64.getEncoder().encodeToString(decode(text)).equals(text.substring(PREFIX.length()));
  }

  /** The 32 raw bytes. */
  public byte[] bytes() {
    return decode(text);
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  @Override
  public int compareTo(PublicKey other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
