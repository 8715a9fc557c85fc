package dev.assay.activities.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsolationTest {
  /** With every protection, or not at all: with a reason that an operator can act on. */
  @Test
  void run_onThisMachine_isIsolatedOrRefused() {
    Ending ending = NeedsIsolation.Condition.ENDING;
    if (ending instanceof Ending.CouldNotStart(String why)) {
      assertThat(why).isNotBlank();
    } else {
      assertThat(ending).isEqualTo(new Ending.Exited(0));
    }
  }
}
