package dev.assay.model.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
  /** FIPS 180-4, example "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void of_parts_isTheDigestOfTheirConcatenation() {
    assertThat(Sha256.of(utf8("a"), utf8(""), utf8("bc")).hex()).isEqualTo(ABC);
  }

  @Test
  void bytes_ofBytes_comesBack() {
    Sha256 digest = Sha256.of(utf8("abc"));
    assertThat(Sha256.ofBytes(digest.bytes())).isEqualTo(digest);
    assertThat(digest.abbreviated()).isEqualTo("ba7816bf8f01");
    assertThat(digest).hasToString(ABC);
  }

  @Test
  void compareTo_anyTwo_isTheOrderOfTheirHexDigits() {
    List<Sha256> digests =
        IntStream.range(0, 300)
            .mapToObj(
                i -> { // of all places in which two can differ, and of both signs of a long
                  byte[] raw = new byte[32];
                  raw[i % 32] = (byte) (i / 32 * 29);
                  return Sha256.ofBytes(raw);
                })
            .toList();
    for (Sha256 a : digests) {
      for (Sha256 b : digests) {
        int order = Integer.signum(a.hex().compareTo(b.hex()));
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(order);
        assertThat(a.equals(b)).isEqualTo(order == 0);
      }
      assertThat(new Sha256(a.hex())).isEqualTo(a).hasSameHashCodeAs(a);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a:",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a`",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ag"
      })
  void new_notADigest_isRefused(String text) {
    assertThatThrownBy(() -> new Sha256(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 lower-case hex digits");
  }

  @Test
  void ofBytes_wrongLength_isRefused() {
    assertThatThrownBy(() -> Sha256.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
