package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.record.PlainJson.Unfamiliar;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlainTimesProperties {
  private static final long YEAR_0000_SECONDS = -62_167_219_200L;

  @Property(tries = 5_000)
  void micros_anyInstant_isReadAsRfc3339(
      @ForAll @LongRange(min = YEAR_0000_SECONDS, max = Limits.LARGEST_MILLIS / 1000) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos)
      throws Unfamiliar, RecordException {
    PlainTimes times = new PlainTimes();
    for (int i = 0; i < 3; i++) {
      String text = Instant.ofEpochSecond(seconds + i * 30_000, nanos).toString();
      if (text.length() <= 30) {
        assertThat(micros(times, text)).isEqualTo(Rfc3339.micros(text));
      }
    }
  }

  @Property(tries = 10_000)
  void micros_almostTimes_areReadAlikeOrNotAtAll(
      @ForAll @Size(max = 4) List<@From("almost") String> texts) {
    PlainTimes times = new PlainTimes();
    for (String text : texts) {
      try {
        long micros = micros(times, text);
        assertThat(micros).as(text).isEqualTo(Rfc3339.micros(text));
      } catch (Unfamiliar _) {
        // a parser's
      } catch (RecordException e) {
        throw new AssertionError("a parser refuses " + text, e);
      }
    }
  }

  @Test
  void micros_timesOfOneDay_areFamiliar() throws Unfamiliar {
    PlainTimes times = new PlainTimes();
    assertThat(micros(times, "2026-01-05T08:00:01+00:00")).isEqualTo(1767600001000000L);
    assertThat(micros(times, "2026-01-05T08:00:01.5Z")).isEqualTo(1767600001500000L);
    assertThat(micros(times, "2026-01-05T08:00:01.123456789Z")).isEqualTo(1767600001123456L);
    assertThat(micros(times, "2026-01-06T00:30:00+01:00")).isEqualTo(1767655800000000L);
    assertThat(micros(times, "2026-01-06T00:30:00Z")).isEqualTo(1767659400000000L);
    assertThat(micros(times, "2026-01-05T08:00:01.003000+00:00")).isEqualTo(1767600001003000L);
    assertThatThrownBy(() -> micros(times, "2026-01-05T08:00:60Z")).isInstanceOf(Unfamiliar.class);
  }

  @Provide
  Arbitrary<String> almost() {
    Arbitrary<String> day =
        Arbitraries.of("2026-01-05T", "2026-01-05T", "1970-01-01T", "2026-02-30T", "2026-01-05t");
    Arbitrary<String> time =
        Arbitraries.of(
            "08:00:01",
            "00:30:00",
            "23:59:59",
            "24:00:00",
            "08:60:00",
            "08:00:60",
            "8:00:00",
            "08:00");
    Arbitrary<String> fraction =
        Arbitraries.of("", "", ".5", ".123456789", ".", ".1234567890", ",5");
    Arbitrary<String> offset =
        Arbitraries.of("Z", "Z", "+00:00", "+01:00", "-00:00", "z", "", "+00:00:00", "Z ");
    return Combinators.combine(day, time, fraction, offset).as((d, t, f, o) -> d + t + f + o);
  }

  private static long micros(PlainTimes times, String text) throws Unfamiliar {
    byte[] bytes = (text + '"').getBytes(StandardCharsets.UTF_8);
    PlainJson json = new PlainJson(bytes, 0, bytes.length);
    long micros = times.micros(json);
    json.end();
    return micros;
  }
}
