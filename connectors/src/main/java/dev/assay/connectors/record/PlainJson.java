package dev.assay.connectors.record;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads JSON of a known layout, as writers leave it: keys where they put them, text of printable
 * ASCII without escapes. Several times faster than a parser, and no judge: what it can't follow is
 * {@link Unfamiliar}, and a parser reads it instead. Whatever it does read, a parser reads alike.
 * Not safe for use by several threads.
 */
public final class PlainJson {
  /** Longest number read here; a parser takes 64. */
  private static final int MOST_NUMBER = 40;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Says that a parser must read this. No stack trace: it is no error. */
  public static final class Unfamiliar extends Exception {
    private static final long serialVersionUID = 1L;

    private Unfamiliar() {
      super("not in the familiar layout", null, false, false);
    }
  }

  /** Reads {@code bytes} from an index up to another. */
  public PlainJson(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Bytes of a literal, for {@link #literal}. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A key with its quotes and colon; empty if it can't be written without escapes. */
  public static Optional<byte[]> key(String name) {
    return isPlain(name) ? Optional.of(ascii('"' + name + "\":")) : Optional.empty();
  }

  /** Whether JSON has the text as it is, a byte a character. */
  public static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7F && c != '"' && c != '\\');
  }

  /** The index of the next byte. */
  public int at() {
    return at;
  }

  /** Whether the literal comes next; if so, passes over it. */
  public boolean skips(byte[] literal) {
    int next = at + literal.length;
    if (next > end || !isNext(literal)) {
      return false;
    }
    at = next;
    return true;
  }

  /**
   * Eight bytes at once and the last eight again: for texts this short faster than an intrinsic.
   */
  private boolean isNext(byte[] literal) {
    int last = literal.length - Long.BYTES;
    if (last < 0) {
      for (int i = 0; i < literal.length; i++) {
        if (bytes[at + i] != literal[i]) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if (EightBytes.at(bytes, at + i) != EightBytes.at(literal, i)) {
        return false;
      }
    }
    return EightBytes.at(bytes, at + last) == EightBytes.at(literal, last);
  }

  /** Whether the byte comes next; if so, passes over it. */
  public boolean skips(char ascii) {
    if (at < end && bytes[at] == ascii) {
      at++;
      return true;
    }
    return false;
  }

  /** Passes over a literal that must come next. */
  public void literal(byte[] literal) throws Unfamiliar {
    if (!skips(literal)) {
      throw unfamiliar();
    }
  }

  /** Passes over a byte that must come next. */
  public void literal(char ascii) throws Unfamiliar {
    if (!skips(ascii)) {
      throw unfamiliar();
    }
  }

  /** Whether the byte comes next; if so, passes over it and the white space around it. */
  public boolean skipsMark(char ascii) {
    skipSpace();
    boolean skipped = skips(ascii);
    skipSpace();
    return skipped;
  }

  /** Passes over a byte that must come next, and the white space around it. */
  public void mark(char ascii) throws Unfamiliar {
    if (!skipsMark(ascii)) {
      throw unfamiliar();
    }
  }

  /** Passes over the line's end, or finds the end of all. */
  public void endOfLine() throws Unfamiliar {
    if (at < end) {
      literal('\n');
    }
  }

  /** Finds the end of all. */
  public void end() throws Unfamiliar {
    if (at < end) {
      throw unfamiliar();
    }
  }

  /** Passes over white space, if there is any. */
  public void skipSpace() {
    while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Passes over text and the quote that ends it; the quote that opens it was passed over. */
  public void skipText() throws Unfamiliar {
    int i = at;
    while (i < end && bytes[i] != '"') {
      byte b = bytes[i++];
      if (b < 0x20 || b == '\\') { // bytes beyond ASCII are negative
        throw unfamiliar();
      }
    }
    if (i == end) {
      throw unfamiliar();
    }
    at = i + 1;
  }

  /**
   * The text up to the quote that ends it, of at most {@link Limits#NAME} bytes: a parser bounds
   * longer ones. The quote that opens it was passed over.
   */
  public String text() throws Unfamiliar {
    int from = at;
    skipText();
    return taken(from, at - 1);
  }

  /** A number as it is written. */
  public String numberText() throws Unfamiliar {
    int from = at;
    number();
    return taken(from, at);
  }

  private String taken(int from, int to) throws Unfamiliar {
    if (to - from > Limits.NAME) {
      throw unfamiliar();
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** A number of two digits, such as a clock shows. */
  int twoDigits() throws Unfamiliar {
    if (end - at < 2 || !isDigit(bytes[at]) || !isDigit(bytes[at + 1])) {
      throw unfamiliar();
    }
    at += 2;
    return (bytes[at - 2] - '0') * 10 + (bytes[at - 1] - '0');
  }

  /** An integer from 0 on, of at most 18 digits. */
  public long natural() throws Unfamiliar {
    int from = at;
    long value = digits(0);
    if (at == from || at - from > 18 || (bytes[from] == '0' && at > from + 1)) {
      throw unfamiliar();
    }
    return value;
  }

  /** Passes over an integer from 0 on, of at most 40 digits. */
  public void skipNatural() throws Unfamiliar {
    int from = at;
    digits(0);
    if (at == from || (bytes[from] == '0' && at > from + 1)) {
      throw unfamiliar();
    }
  }

  /** A number as JSON writes them (RFC 8259 section 6), rounded to the nearest double. */
  public double number() throws Unfamiliar {
    int from = at;
    boolean negative = skips('-');
    int digitsFrom = at;
    long mantissa = digits(0);
    int whole = at - digitsFrom;
    if (whole == 0 || (bytes[digitsFrom] == '0' && whole > 1)) {
      throw unfamiliar();
    }
    int places = 0;
    if (skips('.')) {
      int placesFrom = at;
      mantissa = digits(mantissa);
      places = at - placesFrom;
      if (places == 0) {
        throw unfamiliar();
      }
    }
    if (negative && mantissa == 0 && places == 0) {
      throw unfamiliar(); // -0 is an integer to a parser, and so without its sign
    }
    boolean scaled = at < end && (bytes[at] == 'e' || bytes[at] == 'E');
    if (scaled || whole + places > ShortDecimal.MOST_DIGITS) {
      return slowNumber(from);
    }
    double magnitude = ShortDecimal.nearest(mantissa, whole + places, places);
    if (Double.isNaN(magnitude)) {
      return slowNumber(from);
    }
    return negative ? -magnitude : magnitude;
  }

  /** Says that this isn't the familiar layout. */
  public static Unfamiliar unfamiliar() {
    return new Unfamiliar();
  }

  /** Digits, if there are any, put behind those before; the field is written once: it is faster. */
  long digits(long before) throws Unfamiliar {
    int i = at;
    long value = before;
    while (i < end && isDigit(bytes[i])) {
      value = value * 10 + (bytes[i++] - '0'); // may overflow: then it isn't used
    }
    if (i - at > MOST_NUMBER) {
      throw unfamiliar();
    }
    at = i;
    return value;
  }

  private double slowNumber(int from) throws Unfamiliar {
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (!skips('-')) {
        skips('+');
      }
      int exponentFrom = at;
      digits(0);
      if (at == exponentFrom) {
        throw unfamiliar();
      }
    }
    if (at - from > MOST_NUMBER) {
      throw unfamiliar();
    }
    double value = NumberInput.parseDouble(taken(from, at), true);
    if (Double.isInfinite(value)) {
      throw unfamiliar();
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return '0' <= b && b <= '9';
  }
}
