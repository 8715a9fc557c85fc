package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.integration.Home.Judged;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.cases.CaseState;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.workflows.validation.VerdictCounts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of the README through the whole stack, in a home of its own. */
class ExampleRunsTest {
  @TempDir private static Path folder;
  private static Home home;
  private static Judged judged;

  @BeforeAll
  static void validate() throws Exception {
    home = Home.open(folder.resolve("home"));
    judged = home.validate(Inputs.MLRUNS_POLICY, Inputs.MLRUNS);
  }

  @AfterAll
  static void close() {
    home.close();
  }

  @Test
  void validate_examples_thirtyPassAndEightDoNot() {
    assertThat(judged.outcome().counts()).isEqualTo(new VerdictCounts(30, 0, 7, 1, 0, 8));
    assertThat(judged.runs()).hasSize(38);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wine-lr0.01-s10-nan              | FAIL          | numbers/finite   | FAIL          | train_loss = NaN at step 8
          wine-lr0.01-s11-inf              | FAIL          | numbers/finite   | FAIL          | val_loss = Infinity at step 10
          wine-lr0.01-s12-failed           | FAIL          | record/finished  | FAIL          | FAILED
          wine-lr0.01-s13-missing_metric   | INDETERMINATE | numbers/accuracy | INDETERMINATE | missing
          wine-lr0.01-s14-diverging        | FAIL          | numbers/accuracy | FAIL          | 0.3888888888888889
          wine-lr0.01-s15-missing_artifact | FAIL          | files/model      | FAIL          | no file matches model/**
          wine-killed                      | FAIL          | record/finished  | FAIL          | RUNNING
          wine-dup-steps                   | FAIL          | numbers/steps    | FAIL          | 3 steps, step 0 has several points
          """)
  void validate_badRun_findingNamesItsCause(
      String name, RunVerdict verdict, String check, CheckVerdict found, String observed) {
    assertThat(judged.judgement(name).verdict()).isEqualTo(verdict);
    assertThat(judged.judgement(name).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.stage() + "/" + finding.check()).isEqualTo(check);
              assertThat(finding.verdict()).isEqualTo(found);
              assertThat(finding.observed()).isEqualTo(observed);
            });
  }

  @Test
  void validate_badRuns_eachHasAnOpenCase() {
    assertThat(home.registry().cases().count(CaseState.OPEN)).isEqualTo(8);
    assertThat(entries("case.*")).hasSize(8);
  }

  @Test
  void validate_afterwards_ledgerIsIntactAndTellsItInPlanOrder() {
    assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
    List<StoredEntry> verdicts = entries(EntryKind.RUN_VERDICT);
    assertThat(verdicts)
        .extracting(StoredEntry::outcome)
        .containsExactlyElementsOf(
            judged.runs().stream().map(run -> run.judgement().verdict().name()).toList());
    assertThat(entries(EntryKind.RUN_IMPORTED)).hasSize(38);
    assertThat(entries(EntryKind.VALIDATION_SEALED))
        .singleElement()
        .extracting(entry -> entry.payload().toString())
        .asString()
        .contains(judged.outcome().outcomeRoot());
  }

  private static List<StoredEntry> entries(String kind) {
    return home.ledger().log(LogFilter.ALL.withKind(kind));
  }
}
