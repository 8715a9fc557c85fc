package dev.assay.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void median_oddCount_isTheMiddle() {
    assertThat(new Samples("x", "s", List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
  }

  @Test
  void median_evenCount_isBetweenTheMiddleTwo() {
    assertThat(new Samples("x", "s", List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  @Test
  void summary_always_hasThreeDigitsAndTheRange() {
    assertThat(new Samples("x", "s", List.of(0.12345, 1.5, 12_345.6)).summary())
        .isEqualTo("1.50 s (0.123–12,346, n = 3)");
  }

  @Test
  void samples_noValues_areRefused() {
    assertThatThrownBy(() -> new Samples("x", "s", List.of())).hasMessageContaining("no values");
  }
}
