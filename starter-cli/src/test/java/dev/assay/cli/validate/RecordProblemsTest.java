package dev.assay.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.ImportReport;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordProblemsTest {
  private static final ImportReport READ = new ImportReport(5, 2, 0, 0, 0);

  @Test
  void unchecked_noCheckLooks_isTheirNumberAndTheHintSaysWhatToAdd() {
    ValidationPolicy policy = policy("{id: f, type: status, in: [FINISHED]}");
    assertThat(RecordProblems.unchecked(policy, READ)).isEqualTo(2);
    assertThat(RecordProblems.hint(policy, 2).orElseThrow())
        .contains("records of 2 runs have a problem", "policy small", "type: record");
    assertThat(RecordProblems.hint(policy, 1).orElseThrow()).contains("record of 1 run has");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{id: r, type: record}",
        "{id: r, type: record, severity: info}",
        "{id: c, type: cel, expr: 'size(run.problems) < 3'}"
      })
  void unchecked_aCheckLooks_isNone(String check) {
    assertThat(RecordProblems.unchecked(policy(check), READ)).isZero();
  }

  @Test
  void hint_nothingUnchecked_isEmpty() {
    assertThat(RecordProblems.hint(policy("{id: r, type: record}"), 0)).isEmpty();
  }

  private static ValidationPolicy policy(String check) {
    return PolicyReader.read(
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: small
        stages:
          - id: one
            checks:
              - %s
        """
            .formatted(check)
            .getBytes(StandardCharsets.UTF_8),
        "small.yaml");
  }
}
