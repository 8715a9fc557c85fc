package dev.assay.model.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
  @ParameterizedTest
  @ValueSource(strings = {"((a{1000}){1000}){1000}", "(a{100}){100}", "(?:a{1000}|b){1,1000}"})
  void compile_repetitionsOfRepetitions_areRefused(String pattern) {
    assertThatThrownBy(() -> TextPattern.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the repetitions of '%s' come to more than 10000 steps; make them smaller"
                .formatted(pattern));
  }

  @Test
  void compile_tooLong_isRefused() {
    assertThatThrownBy(() -> TextPattern.compile("a".repeat(1001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a regular expression of 1001 characters; write at most 1000");
  }

  @Test
  void compile_notOfRe2_saysWhy() {
    assertThatThrownBy(() -> TextPattern.compile("(a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'(a' is not a regular expression of RE2: missing closing )");
  }

  @Test
  void matches_partOfTheText_isNotEnough() {
    TextPattern pattern = TextPattern.compile("[0-9a-f]{4}");
    assertThat(pattern.matches("12ab")).isTrue();
    assertThat(pattern.matches("12abc")).isFalse();
  }

  @Test
  void finds_partOfTheText_isEnough() {
    TextPattern pattern = TextPattern.compile("[0-9a-f]{4}");
    assertThat(pattern.finds("x12abc")).isTrue();
    assertThat(pattern.finds("12a")).isFalse();
  }
}
