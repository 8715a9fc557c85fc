package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.validation.Recomputation;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.RecomputeReport;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.RunVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks that read more than their run: what they read is fixed by the plan. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PinnedPlansTest {
  @TempDir private Path folder;
  private Home home;
  private Path baseline;
  private Path policy;

  @BeforeEach
  void open() throws IOException {
    home = Home.open(folder.resolve("home"));
    baseline = ComparedRuns.write(folder, "baseline", ComparedRuns.run("base", 0.9));
    policy = ComparedRuns.policy(folder, ComparedRuns.EVERY_CHECK);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void validate_baselineOfAnEarlierImport_isPinnedByDigest() throws Exception {
    home.validate(MadeUpRuns.policy(folder), baseline);
    Home.Judged judged = home.validate(policy, candidates());

    assertThat(judged.judgement("good").verdict()).isEqualTo(RunVerdict.PASS);
    assertThat(judged.judgement("bad").verdict()).isEqualTo(RunVerdict.FAIL);
    assertThat(finding(judged, "bad", "no-worse").observed())
        .isEqualTo("0.5, the baseline has 0.9");
    assertThat(planned().payload().members().get("pinnedRuns"))
        .isEqualTo(new JsonArray(List.of(new JsonValue.JsonString(imported("base")))));
  }

  @Test
  void validate_baselineOfTheSameImport_isPinned() throws Exception {
    Home.Judged judged = home.validate(policy, candidates(), baseline);
    assertThat(judged.judgement("good").verdict()).isEqualTo(RunVerdict.PASS);
    assertThat(finding(judged, "base", "no-worse").verdict()).isEqualTo(CheckVerdict.PASS);
  }

  @Test
  void validate_baselineThatNobodyKnows_isIndeterminate() throws Exception {
    Home.Judged judged = home.validate(policy, candidates());
    assertThat(judged.judgement("good").verdict()).isEqualTo(RunVerdict.INDETERMINATE);
    assertThat(finding(judged, "good", "no-worse").observed())
        .isEqualTo("no baseline: no run 'base' is on record");
    assertThat(planned().payload().members()).containsKey("pins").doesNotContainKey("pinnedRuns");
    assertThat(recompute().issues()).isEmpty();
  }

  @Test
  void validate_baselineThatChangedMeanwhile_isJudgedByTheNewOneAndTheOldStands() throws Exception {
    home.validate(policy, candidates(), baseline);
    StoredEntry before = planned();
    Path better = ComparedRuns.write(folder, "baseline", ComparedRuns.run("base", 0.99));
    Home.Judged judged = home.validate(policy, candidates(), better);

    assertThat(finding(judged, "good", "no-worse").verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(planned().payload().members().get("pins"))
        .isNotEqualTo(before.payload().members().get("pins"));
    RecomputeReport report = recompute();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread()).isEmpty();
    assertThat(report.validations()).isEqualTo(2);
  }

  @Test
  void validate_duplicateInTheSet_changesThePlanAndTheFindings() throws Exception {
    Path alone = ComparedRuns.write(folder, "alone", ComparedRuns.run("good", 0.9));
    Path twice =
        ComparedRuns.write(
            folder, "twice", ComparedRuns.run("good", 0.9), ComparedRuns.run("copy", 0.9));
    Path own = ComparedRuns.policy(folder, "- {id: own, type: duplicate, of: [params, metrics]}");

    assertThat(finding(home.validate(own, alone), "good", "own").verdict())
        .isEqualTo(CheckVerdict.PASS);
    Finding found = finding(home.validate(own, twice), "good", "own");
    assertThat(found.verdict()).isEqualTo(CheckVerdict.FAIL);
    assertThat(found.observed()).isEqualTo("1 other run: assay/e/copy");
    assertThat(
            home.registry().plans().shard(planned().subject(), 0, 2).stream()
                .map(row -> row.duplicates().isPresent()))
        .containsExactly(true, true);
    assertThat(recompute().issues()).isEmpty();
  }

  @Test
  void recompute_duplicatesThatThePlanLeftOut_areNamed() throws Exception {
    home.validate(
        ComparedRuns.policy(folder, "- {id: own, type: duplicate, of: [params]}"),
        ComparedRuns.write(
            folder, "twice", ComparedRuns.run("good", 0.9), ComparedRuns.run("copy", 0.8)));
    home.asAdministrator("UPDATE registry.plan_row SET duplicates = NULL");
    assertThat(recompute().issues())
        .anyMatch(
            issue ->
                issue.kind() == IssueKind.RESULT_FORGED
                    && issue.detail().contains("the duplicates of run assay/e/copy"));
  }

  @Test
  void recompute_pinsThatAreGoneOrEdited_areNeverIntact() throws Exception {
    home.validate(policy, candidates(), baseline);
    home.asAdministrator(
        "UPDATE registry.document SET bytes = '{\"runs\":{}}' WHERE kind = 'PlanPins'");
    assertThat(recompute().issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.EVIDENCE_EDITED);

    home.asAdministrator("DELETE FROM registry.document WHERE kind = 'PlanPins'");
    RecomputeReport report = recompute();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread()).singleElement().matches(range -> range.why().contains("pins"));
  }

  private Path candidates() throws IOException {
    return ComparedRuns.write(
        folder, "candidates", ComparedRuns.run("good", 0.88), ComparedRuns.run("bad", 0.5));
  }

  private static Finding finding(Home.Judged judged, String run, String check) {
    return judged.judgement(run).findings().stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  /** The newest plan's entry. */
  private StoredEntry planned() {
    return home.ledger().log(LogFilter.ALL.withKind(EntryKind.VALIDATION_PLANNED)).getLast();
  }

  /** The digest that the run was imported with. */
  private String imported(String id) {
    StoredEntry entry =
        home.ledger().log(LogFilter.ALL.withKind(EntryKind.RUN_IMPORTED)).stream()
            .filter(found -> found.subject().endsWith("/" + id))
            .findFirst()
            .orElseThrow();
    return ((JsonValue.JsonString) entry.payload().members().get("runDigest")).value();
  }

  private RecomputeReport recompute() {
    return new Recomputation(
            home.ledger(),
            home.registry(),
            new TrustedResults(home.stack().storage().trustedResults()))
        .run(Long.MAX_VALUE, _ -> {});
  }
}
