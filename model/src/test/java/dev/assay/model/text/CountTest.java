package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void of_oneAndOthers_agreeWithTheNoun() {
    assertThat(Count.of(1, "run")).isEqualTo("1 run");
    assertThat(Count.of(0, "run")).isEqualTo("0 runs");
    assertThat(Count.of(2, "entry", "entries")).isEqualTo("2 entries");
    assertThat(Count.of(1, "entry", "entries")).isEqualTo("1 entry");
  }
}
