package dev.assay.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.cases.LostCases;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasesCheckupTest {
  @Test
  void of_noneLost_isFine() {
    assertThat(CasesCheckup.of(new LostCases(1, true, List.of()), "x").state())
        .isEqualTo(Checkup.State.OK);
  }

  @Test
  void of_someLost_namesTheFirstAndTheCommand() {
    Checkup found =
        CasesCheckup.of(
            new LostCases(9, true, List.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7")),
            "assay quarantine resume");
    assertThat(found.state()).isEqualTo(Checkup.State.WARN);
    assertThat(found.found())
        .startsWith("9 open cases, 7 without a workflow here")
        .endsWith("c-1, c-2, c-3, c-4, c-5 and 2 more");
    assertThat(found.remedy()).startsWith("'assay quarantine resume'");
  }

  @Test
  void of_keeperLost_warns() {
    Checkup found = CasesCheckup.of(new LostCases(1, false, List.of()), "x");
    assertThat(found.state()).isEqualTo(Checkup.State.WARN);
    assertThat(found.remedy()).contains("'x'");
  }
}
