package dev.assay.connectors.record;

import dev.assay.connectors.record.PlainJson.Unfamiliar;

/**
 * Times in {@link PlainJson}, read as {@link Rfc3339} reads them. Remembers the day of the last one
 * that it had to work out: most times of a run are of one day. Not safe for use by several threads.
 */
public final class PlainTimes {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

  /** Length of {@code yyyy-mm-ddT}. */
  private static final int DAY_LENGTH = 11;

  private static final byte[] UTC = PlainJson.ascii("Z\"");
  private static final byte[] ZERO_OFFSET = PlainJson.ascii("+00:00\"");

  private byte[] day = PlainJson.ascii("1970-01-01T");
  private long dayMicros;

  /**
   * Microseconds since 1970-01-01T00:00:00Z, up to the quote that ends the text; the quote that
   * opens it was passed over.
   */
  public long micros(PlainJson json) throws Unfamiliar {
    return json.skips(day) ? dayMicros + microsOfDay(json) : ofOtherDay(json.text());
  }

  private static long microsOfDay(PlainJson json) throws Unfamiliar {
    int hour = json.twoDigits();
    json.literal(':');
    int minute = json.twoDigits();
    json.literal(':');
    int second = json.twoDigits();
    if (hour > 23 || minute > 59 || second > 59) {
      throw PlainJson.unfamiliar();
    }
    long fraction = json.skips('.') ? fraction(json) : 0;
    if (!json.skips(UTC)) {
      json.literal(ZERO_OFFSET);
    }
    return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + fraction;
  }

  /** One to nine digits, in microseconds; finer ones are dropped. */
  private static long fraction(PlainJson json) throws Unfamiliar {
    int from = json.at();
    long micros = json.digits(0);
    int places = json.at() - from;
    if (places == 0 || places > 9) {
      throw PlainJson.unfamiliar();
    }
    for (; places < 6; places++) {
      micros *= 10;
    }
    for (; places > 6; places--) {
      micros /= 10;
    }
    return micros;
  }

  private static boolean isUtc(String text) {
    return text.endsWith("Z") || text.endsWith("+00:00");
  }

  private long ofOtherDay(String text) throws Unfamiliar {
    try {
      long micros = Rfc3339.micros(text);
      if (text.charAt(DAY_LENGTH - 1) == 'T' && isUtc(text)) {
        day = PlainJson.ascii(text.substring(0, DAY_LENGTH));
        dayMicros = Math.floorDiv(micros, MICROS_PER_DAY) * MICROS_PER_DAY;
      }
      return micros;
    } catch (RecordException e) {
      throw PlainJson.unfamiliar(); // a problem, and a parser says of which line
    }
  }
}
