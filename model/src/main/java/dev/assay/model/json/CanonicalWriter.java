package dev.assay.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes canonical JSON (RFC 8785) straight into a growing byte array, for values that are too many
 * for a tree. The caller gives the keys of an object in ascending order of their UTF-16 units. Not
 * safe for use by several threads.
 */
public final class CanonicalWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int size;
  private boolean comma;

  /** Starts with room for {@code capacity} bytes. */
  public CanonicalWriter(int capacity) {
    buffer = new byte[Math.max(16, capacity)];
  }

  public CanonicalWriter beginObject() {
    return open('{');
  }

  public CanonicalWriter endObject() {
    return close('}');
  }

  public CanonicalWriter beginArray() {
    return open('[');
  }

  public CanonicalWriter endArray() {
    return close(']');
  }

  /**
   * A key that is written a million times: encoded once.
   *
   * @param json the key as JSON with its colon; not to be changed
   */
  public record Member(byte[] json) {
    /** The member of this name. */
    public static Member of(String key) {
      return new Member(new CanonicalWriter(key.length() + 3).key(key).toByteArray());
    }
  }

  /** As {@link #key(String)}. */
  public CanonicalWriter key(Member key) {
    separate();
    copy(key.json(), key.json().length);
    comma = false;
    return this;
  }

  /** The next member's key. */
  public CanonicalWriter key(String key) {
    value(key);
    put(':');
    comma = false;
    return this;
  }

  public CanonicalWriter value(String text) {
    separate();
    int length = text.length();
    ensure(length + 2);
    buffer[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        buffer[size++] = (byte) c; // there is room: each char left was counted above
      } else {
        i += unusual(text, i);
        ensure(length - i + 1);
      }
    }
    put('"');
    return this;
  }

  /**
   * A part of the text that stands there many times over, such as all that is between two values of
   * a row. The caller answers for it, commas included: none is put before it, nor before what
   * follows.
   *
   * @param length how many of the bytes count
   */
  public CanonicalWriter fragment(byte[] json, int length) {
    copy(json, length);
    comma = false;
    return this;
  }

  /** The comma before the next item of an array, where that begins with a fragment. */
  public CanonicalWriter item() {
    separate();
    return this;
  }

  public CanonicalWriter value(boolean value) {
    return raw(value ? "true" : "false");
  }

  /** An integer; outside ±(2^53 − 1) a string of its digits, as {@link JsonValue#ofLong}. */
  public CanonicalWriter integer(long value) {
    if (value < 0 || value > JsonValue.MAX_SAFE_INTEGER) {
      String digits = Long.toString(value);
      return value >= -JsonValue.MAX_SAFE_INTEGER && value < 0 ? raw(digits) : value(digits);
    }
    separate();
    int end = size + digits(value);
    ensure(end - size);
    long rest = value;
    for (int i = end - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size = end;
    return this;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /**
   * A finite double.
   *
   * @throws IllegalArgumentException for NaN and infinities
   */
  public CanonicalWriter number(double value) {
    return raw(JsonNumbers.format(value));
  }

  public CanonicalWriter nullValue() {
    return raw("null");
  }

  /** A string of the 16 hex digits of the double's IEEE-754 bits, every NaN as 7ff8000000000000. */
  public CanonicalWriter bits(double value) {
    separate();
    ensure(18);
    long bits = Double.doubleToLongBits(value);
    buffer[size] = '"';
    EIGHT_BYTES.set(buffer, size + 1, eightDigits(bits >>> 32));
    EIGHT_BYTES.set(buffer, size + 9, eightDigits(bits & 0xFFFF_FFFFL));
    buffer[size + 17] = '"';
    size += 18;
    return this;
  }

  /** The 8 hex digits of 32 bits, a byte each: all at once, because a run has a value a point. */
  private static long eightDigits(long bits) {
    long spread = (bits << 16 | bits) & 0x0000_FFFF_0000_FFFFL;
    spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FFL;
    spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0FL;
    long letters = ((spread + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
    return spread + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
  }

  /** Number of bytes written so far. */
  public int size() {
    return size;
  }

  /** What was written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  private CanonicalWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private CanonicalWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  private CanonicalWriter raw(String ascii) {
    separate();
    int length = ascii.length();
    ensure(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  /** Writes what needs an escape or more than a byte; returns how many more chars it took. */
  private int unusual(String text, int at) {
    char c = text.charAt(at);
    if (c >= 0x80) {
      return beyondAscii(text, at);
    }
    ascii(c);
    return 0;
  }

  /**
   * RFC 8785 section 3.2.2.2: two-letter escapes where JSON has them, \\u00xx for other controls.
   */
  private void ascii(char c) {
    switch (c) {
      case '"' -> escape('"');
      case '\\' -> escape('\\');
      case '\b' -> escape('b');
      case '\f' -> escape('f');
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> {
        if (c < 0x20) {
          escape('u');
          put('0');
          put('0');
          put((char) HEX[c >> 4]);
          put((char) HEX[c & 15]);
        } else {
          put(c);
        }
      }
    }
  }

  private void escape(char letter) {
    put('\\');
    put(letter);
  }

  /** Writes the code point at {@code at} as UTF-8; returns how many more chars it took. */
  private int beyondAscii(String text, int at) {
    int codePoint = text.codePointAt(at);
    if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
      throw new JsonException(
          "a lone surrogate at character %s has no UTF-8 form; replace it".formatted(at));
    }
    byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, buffer, size, utf8.length);
    size += utf8.length;
    return Character.charCount(codePoint) - 1;
  }

  private void copy(byte[] ascii, int length) {
    ensure(length);
    System.arraycopy(ascii, 0, buffer, size, length);
    size += length;
  }

  private void put(char ascii) {
    ensure(1);
    buffer[size++] = (byte) ascii;
  }

  private void ensure(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
