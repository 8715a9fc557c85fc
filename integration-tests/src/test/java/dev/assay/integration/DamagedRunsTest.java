package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.integration.Home.Judged;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.workflows.validation.VerdictCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rustorch examples and their damaged copies. The copies share one run id, so each case gets a
 * database of its own: same home and server, nothing known from the case before.
 */
class DamagedRunsTest {
  private static final String RUN = Inputs.UNDAMAGED.getFileName().toString();

  @TempDir private static Path folder;

  @Test
  void validate_store_findsTheThreeBadRuns() throws Exception {
    alone(
        home -> {
          Judged judged = home.validate(Inputs.RUSTORCH_POLICY, Inputs.RUSTORCH);
          assertThat(judged.outcome().counts()).isEqualTo(new VerdictCounts(9, 0, 3, 0, 0, 3));
          finding(judged, "lin-diverge", "numbers/finite", "NaN");
          finding(judged, "lin-diverge", "record/readable", "there is no run_summary.json");
          finding(judged, "lin-logzero", "record/finished", "RUNNING");
          finding(judged, "lin-orig-hangs", "record/finished", "RUNNING");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ledger-tampered | record/readable | governance_ledger.jsonl
          summary-forged  | record/readable | run_summary.json: 'loss'.last is 0.0001, the record gives 0.053212587
          artifact-escape | record/readable | the artifact path '../../../../../../etc/hostname' leaves the run
          runjson-corrupt | record/readable | run.json: not JSON
          summary-missing | record/readable | there is no run_summary.json
          metrics-nan     | numbers/finite  | loss = NaN at step 40
          """)
  void validate_damagedRunAlone_findingNamesTheDamage(String damage, String check, String observed)
      throws Exception {
    alone(
        home -> {
          Judged judged = home.validate(Inputs.RUSTORCH_POLICY, Inputs.damaged(damage));
          assertThat(judged.outcome().counts()).isEqualTo(new VerdictCounts(0, 0, 1, 0, 0, 1));
          finding(judged, judged.runs().getFirst().name(), check, observed);
        });
  }

  @Test
  void validate_tamperedWeights_failOnlyOnceTheUndamagedRunWasSeen() throws Exception {
    alone(
        home -> {
          Judged alone = home.validate(Inputs.RUSTORCH_POLICY, Inputs.damaged("ckpt-tampered"));
          assertThat(alone.runs().getFirst().judgement().verdict())
              .isIn(RunVerdict.PASS, RunVerdict.INDETERMINATE);
        });
    alone(
        home -> {
          Judged first =
              home.validate(Inputs.RUSTORCH_POLICY, store("before", Inputs.UNDAMAGED.getParent()));
          assertThat(first.outcome().counts()).isEqualTo(new VerdictCounts(1, 0, 0, 0, 0, 0));
          Judged tampered =
              home.validate(
                  Inputs.RUSTORCH_POLICY, store("after", Inputs.damaged("ckpt-tampered")));
          assertThat(tampered.outcome().counts()).isEqualTo(new VerdictCounts(0, 0, 1, 0, 0, 1));
          finding(tampered, "lin-s1", "files/checkpoints", ".rtch");
        });
  }

  private static void finding(Judged judged, String run, String check, String observed) {
    Judgement judgement = judged.judgement(run);
    assertThat(judgement.verdict()).isEqualTo(RunVerdict.FAIL);
    assertThat(judgement.findings())
        .anySatisfy(
            (Finding finding) -> {
              assertThat(finding.stage() + "/" + finding.check()).isEqualTo(check);
              assertThat(finding.verdict()).isEqualTo(CheckVerdict.FAIL);
              assertThat(finding.observed()).contains(observed);
            });
  }

  /**
   * A copy of one run in a store of the same name: the store's name is part of a run's identity.
   */
  private static Path store(String parent, Path from) throws IOException {
    Path copy = folder.resolve(parent).resolve("store").resolve(RUN);
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(from.resolve(RUN))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy.getParent();
  }

  /** Runs a case in a new database. */
  private static void alone(Case steps) throws Exception {
    Home home = Home.open(folder.resolve("home"));
    try {
      steps.in(home);
    } finally {
      home.closeAndForgetSigned();
    }
  }

  @FunctionalInterface
  private interface Case {
    void in(Home home) throws Exception;
  }
}
