package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.record.PlainJson.Unfamiliar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonProperties {
  @Property
  void number_anyFiniteDouble_isReadBack(@ForAll double value) throws Unfamiliar {
    assertThat(number(Double.toString(value))).isEqualTo(value);
  }

  @Property
  void number_anyFloat_isTheDoubleOfItsDigits(@ForAll float value) throws Unfamiliar {
    String digits = new BigDecimal(Float.toString(value)).toPlainString();
    if (digits.length() <= 40) {
      assertThat(number(digits)).isEqualTo(Double.parseDouble(digits));
    }
  }

  @Property(tries = 5_000)
  void number_anyShortText_isReadAsAParserDoesOrNotAtAll(
      @ForAll @StringLength(min = 1, max = 8) @CharRange(from = '+', to = '9') String text) {
    try {
      PlainJson json = new PlainJson(bytes(text), 0, text.length());
      double value = json.number();
      String taken = text.substring(0, json.at());
      assertThat(taken).matches("-?(0|[1-9][0-9]*)([.][0-9]+)?");
      assertThat(value).isEqualTo(Double.parseDouble(taken));
    } catch (Unfamiliar _) {
      assertThat(text).doesNotMatch("-?(0|[1-9][0-9]*)([.][0-9]+)?(?<!^-0)");
    }
  }

  @Property(tries = 20_000)
  void number_anyDigitsAndPlaces_isTheNearestDouble(
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long digits,
      @ForAll @IntRange(max = 18) int places)
      throws Unfamiliar {
    String text = BigDecimal.valueOf(digits, places).toPlainString();
    assertThat(number(text)).isEqualTo(Double.parseDouble(text));
  }

  /** Middles between two doubles, and what is one in the last digit beside: the hardest to tell. */
  @Property(tries = 20_000)
  void number_nearTheMiddleOfTwoDoubles_isTheNearestDouble(
      @ForAll @LongRange(min = 1L << 52, max = (1L << 53) - 1) long mantissa,
      @ForAll @IntRange(min = -60, max = 6) int exponent,
      @ForAll @IntRange(min = -1, max = 1) int aside)
      throws Unfamiliar {
    double below = mantissa * Math.pow(2, exponent);
    BigDecimal middle =
        new BigDecimal(below).add(new BigDecimal(Math.nextUp(below))).divide(BigDecimal.TWO);
    BigDecimal near = middle.round(new MathContext(18 - Math.max(0, leadingZeros(middle))));
    String text = near.add(near.ulp().multiply(BigDecimal.valueOf(aside))).toPlainString();
    assertThat(number(text)).isEqualTo(Double.parseDouble(text));
  }

  private static int leadingZeros(BigDecimal value) {
    return value.scale() - value.precision() + 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "NaN", "-0", "1e999", "--1"})
  void number_notJson_isUnfamiliar(String text) {
    assertThatThrownBy(() -> number(text)).isInstanceOf(Unfamiliar.class);
  }

  @Test
  void text_withEscapeOrControlOrBeyondAscii_isUnfamiliar() {
    for (String text : new String[] {"a\\n\"", "a\n\"", "ä\"", "no end"}) {
      assertThatThrownBy(() -> new PlainJson(bytes(text), 0, bytes(text).length).text())
          .as(text)
          .isInstanceOf(Unfamiliar.class);
    }
  }

  @Test
  void natural_leadingZeroOrTooLong_isUnfamiliar() {
    for (String text : new String[] {"", "01", "-1", "1234567890123456789"}) {
      assertThatThrownBy(() -> new PlainJson(bytes(text), 0, text.length()).natural())
          .as(text)
          .isInstanceOf(Unfamiliar.class);
    }
  }

  private static double number(String text) throws Unfamiliar {
    PlainJson json = new PlainJson(bytes(text), 0, text.length());
    double value = json.number();
    json.end();
    return value;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
