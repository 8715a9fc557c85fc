package dev.assay.benchmarks.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GovernanceRecordTest {
  private static final GovernanceRecord OF_THE_TRAINER =
      new GovernanceRecord(
          "lin-s1-1795351372-Ia08QK", 4889247910405760964L, 1795351372L, RustorchRun.STAGES);

  @Test
  void plan_ofATrainersRun_isTheTrainersFile() throws IOException {
    assertThat(new String(OF_THE_TRAINER.plan(), StandardCharsets.UTF_8))
        .isEqualTo(resource("governance_plan.json"));
  }

  @Test
  void log_ofATrainersRun_isTheTrainersFileHashesIncluded() throws IOException {
    assertThat(new String(OF_THE_TRAINER.log(RustorchRun.HAPPENED), StandardCharsets.UTF_8))
        .isEqualTo(resource("governance_ledger.jsonl"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = GovernanceRecordTest.class.getResourceAsStream("/rustorch/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
