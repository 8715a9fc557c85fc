package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKind;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.HeadAdvance;
import dev.assay.registry.RevisionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan stays what it is. */
class PinnedInputsTest {
  @TempDir private Path folder;

  /** The reply was lost, and before the next try another validation brought the baseline. */
  @Test
  void plan_triedAgainWhenTheBaselineCame_isTheFirstPlan() throws Exception {
    try (PlannedRuns runs =
        new PlannedRuns(
            folder.resolve("key.pem"),
            PolicyReader.read(
                """
                apiVersion: assay/v1
                kind: ValidationPolicy
                name: compared
                stages:
                  - id: s
                    checks:
                      - {id: c, type: baseline, metric: loss, direction: down, run: to-come}
                      - {id: d, type: duplicate, of: [params]}
                """
                    .getBytes(StandardCharsets.UTF_8),
                "compared.yaml"))) {
      runs.registry()
          .runHeads()
          .advance(
              "main",
              List.of(
                  new HeadAdvance(
                      new RevisionKey(
                          new RunIdentity("rustorch", "e", "to-come"), Sha256.of(new byte[] {1})),
                      7)));
      assertThat(runs.planAgain()).isEqualTo(runs.plan());
      assertThat(runs.entries(EntryKind.VALIDATION_PLANNED)).hasSize(1);
    }
  }
}
