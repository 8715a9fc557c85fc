package dev.assay.ledger.entry;

import java.nio.charset.StandardCharsets;

/** Bounds of an entry's texts, checked before they reach the database. */
public final class EntryText {
  /** Longest text of an entry, in bytes of UTF-8; a row of a b-tree holds 2,704. */
  public static final int MAX_BYTES = 1_024;

  private EntryText() {}

  /** A text that must not be empty. */
  public static String required(String field, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("entry: its %s is empty".formatted(field));
    }
    return optional(field, value);
  }

  /** A text that may be empty. */
  public static String optional(String field, String value) {
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(
            "entry: its %s has a NUL character at %d, which PostgreSQL can't hold"
                .formatted(field, i));
      }
      if (Character.isSurrogate(c)) {
        int codePoint = value.codePointAt(i);
        if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
          throw new IllegalArgumentException(
              "entry: its %s has a lone surrogate at %d, which has no UTF-8 form"
                  .formatted(field, i));
        }
        i++;
        bytes += 4;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "entry: its %s is %d bytes long, at most %d are allowed"
              .formatted(field, bytes, MAX_BYTES));
    }
    return value;
  }

  /** UTF-8. */
  public static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
