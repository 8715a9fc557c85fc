package dev.assay.worker.validations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TroublesTest {
  private static final Path HOME = Path.of("home");

  @Test
  void full_lessThan16MiB_isToldWithWhatIsFree() {
    assertThat(Troubles.full(HOME, (16L << 20) - 1))
        .hasValue("the disk of home is full: 15 MiB free");
    assertThat(Troubles.full(HOME, 0)).isPresent();
  }

  @Test
  void full_16MiBOrMore_isNoTrouble() {
    assertThat(Troubles.full(HOME, 16L << 20)).isEmpty();
  }
}
