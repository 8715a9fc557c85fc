package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class EightBytesProperties {
  @Property(tries = 5_000)
  void indexOf_anyBytes_isTheFirst(
      @ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 40) int start) {
    int from = Math.min(start, bytes.length);
    int expected = from;
    while (expected < bytes.length && bytes[expected] != '\n') {
      expected++;
    }
    assertThat(EightBytes.indexOf(bytes, '\n', from, bytes.length)).isEqualTo(expected);
    int end = (from + bytes.length) / 2;
    assertThat(EightBytes.indexOf(bytes, '\n', from, end)).isEqualTo(Math.min(expected, end));
  }

  @Property(tries = 5_000)
  void skipOthers_anyBytes_stopsAtTheFirstEightWithOne(
      @ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 40) int start) {
    int from = Math.min(start, bytes.length);
    int expected = from;
    while (expected + 8 <= bytes.length && isOther(bytes, expected, expected + 8)) {
      expected += 8;
    }
    assertThat(EightBytes.skipOthers(bytes, '\n', '\t', 'q', from, bytes.length))
        .isEqualTo(expected);
  }

  private static boolean isOther(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || bytes[i] == '\n' || bytes[i] == '\t' || bytes[i] == 'q') {
        return false;
      }
    }
    return true;
  }

  /** Mostly neighbours of what is sought: the likeliest to be taken for it. */
  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> near = Arbitraries.of((byte) 8, (byte) 9, (byte) 10, (byte) 11, (byte) 'q');
    Arbitrary<Byte> other =
        Arbitraries.of((byte) 0, (byte) 'p', (byte) 127, (byte) -118, (byte) -1);
    Arbitrary<Byte> usual = Arbitraries.of((byte) 'a', (byte) '0', (byte) 11);
    return Arbitraries.frequencyOf(Tuple.of(1, near), Tuple.of(1, other), Tuple.of(12, usual))
        .array(byte[].class)
        .ofMaxSize(70);
  }
}
