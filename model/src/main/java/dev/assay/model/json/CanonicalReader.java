package dev.assay.model.json;

import dev.assay.model.json.CanonicalWriter.Member;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads back what {@link CanonicalWriter} wrote, value by value, straight from the bytes. The
 * caller knows what comes next and asks for it; anything else is refused, blanks between values
 * included. For bytes whose digest was checked: a general parser costs five times as much for each
 * point of a metric. Not safe for use by several threads.
 */
public final class CanonicalReader {
  private final byte[] json;
  private final int end;
  private int at;

  /** True right after an opening bracket: no comma is due. */
  private boolean first = true;

  /** Reads all of {@code json}, which must not change meanwhile. */
  public CanonicalReader(byte[] json) {
    this(json, 0);
  }

  /** Reads {@code json} from byte {@code from} to its end. */
  public CanonicalReader(byte[] json, int from) {
    this.json = json;
    this.at = from;
    this.end = json.length;
  }

  public void beginObject() {
    open('{');
  }

  public void beginArray() {
    open('[');
  }

  /** Whether the object goes on with a member, whose {@link #key()} is next; if not, leaves it. */
  public boolean moreMembers() {
    return more('}');
  }

  /** Whether the array goes on with an item; if not, leaves it. */
  public boolean moreItems() {
    return more(']');
  }

  /** Leaves an object that has no other members. */
  public void endObject() {
    if (more('}')) {
      throw unexpected("the end of the object");
    }
  }

  /** The key of the next member. */
  public String key() {
    String key = string();
    expect(':');
    first = true; // the value follows without a comma
    return key;
  }

  /** Passes over the key of the next member if it is this one. */
  public boolean member(Member key) {
    byte[] expected = key.json();
    int from = first ? at : at + 1;
    if ((!first && peek() != ',')
        || from + expected.length > end
        || !Arrays.equals(json, from, from + expected.length, expected, 0, expected.length)) {
      return false;
    }
    at = from + expected.length;
    first = true;
    return true;
  }

  /** Passes over the key that must come next. */
  public void require(Member key) {
    if (!member(key)) {
      throw unexpected(new String(key.json(), StandardCharsets.UTF_8));
    }
  }

  /** Whether the next value is a string. */
  public boolean isString() {
    return peek() == '"';
  }

  public String string() {
    expect('"');
    int from = at;
    while (at < end && json[at] >= 0x20 && json[at] != '"' && json[at] != '\\') {
      at++;
    }
    if (peek() == '"') {
      first = false;
      return new String(json, from, at++ - from, StandardCharsets.ISO_8859_1);
    }
    at = from;
    return unusualString();
  }

  /** An integer, as a number or, beyond 2^53 − 1, as a string of digits. */
  public long integer() {
    int from = at;
    try {
      return Long.parseLong(isString() ? string() : digits());
    } catch (NumberFormatException e) {
      at = from;
      throw unexpected("an integer");
    }
  }

  private String digits() {
    int from = at;
    while (at < end && (json[at] == '-' || (json[at] >= '0' && json[at] <= '9'))) {
      at++;
    }
    first = false;
    return new String(json, from, at - from, StandardCharsets.ISO_8859_1);
  }

  public boolean bool() {
    boolean value = peek() == 't';
    for (byte expected : (value ? "true" : "false").getBytes(StandardCharsets.ISO_8859_1)) {
      expect((char) expected);
    }
    first = false;
    return value;
  }

  /** Nothing may be left. */
  public void end() {
    if (at != end) {
      throw unexpected("the end");
    }
  }

  private String unusualString() {
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      if (peek() == '\\') {
        at++;
        text.append(escaped());
      } else {
        int from = at;
        while (at < end && (json[at] & 0xff) >= 0x20 && json[at] != '"' && json[at] != '\\') {
          at++;
        }
        if (at == from) {
          throw unexpected("a character of a string");
        }
        text.append(utf8(from));
      }
    }
    at++;
    first = false;
    return text.toString();
  }

  /** RFC 8785 section 3.2.2.2: these escapes and no others. */
  private char escaped() {
    int letter = peek();
    at++;
    return switch (letter) {
      case '"', '\\' -> (char) letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> control();
      default -> throw unexpected("an escape");
    };
  }

  private char control() {
    expect('0');
    expect('0');
    int high = Character.digit(peek(), 16);
    at++;
    int low = Character.digit(peek(), 16);
    at++;
    int control = high * 16 + low;
    if (high < 0 || low < 0 || control >= 0x20) {
      throw unexpected("a control character");
    }
    return (char) control;
  }

  private CharSequence utf8(int from) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json, from, at - from));
    } catch (CharacterCodingException e) {
      throw new JsonException("byte %d: not UTF-8".formatted(from), e);
    }
  }

  private void open(char bracket) {
    expect(bracket);
    first = true;
  }

  private boolean more(char bracket) {
    if (peek() == bracket) {
      at++;
      first = false;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /** The next byte; -1 at the end. */
  private int peek() {
    return at < end ? json[at] : -1;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'");
    }
    at++;
  }

  private JsonException unexpected(String wanted) {
    return new JsonException(
        "byte %d: found %s where %s was expected"
            .formatted(at, at < end ? "'" + (char) (json[at] & 0xff) + "'" : "the end", wanted));
  }
}
