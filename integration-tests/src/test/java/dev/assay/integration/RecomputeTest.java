package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.validation.Recomputation;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.RecomputeReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts that were recorded are derived again, and what was forged is named. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecomputeTest {
  @TempDir private Path folder;
  private Home home;
  private StoredEntry sealed;
  private StoredEntry failed;

  @BeforeEach
  void validate() throws Exception {
    home = Home.open(folder.resolve("home"));
    home.validate(Inputs.MLRUNS_POLICY, Inputs.MLRUNS);
    sealed = entries(EntryKind.VALIDATION_SEALED).getFirst();
    failed =
        entries(EntryKind.RUN_VERDICT).stream()
            .filter(entry -> entry.outcome().equals("FAIL"))
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void run_honestValidations_findsNothing() throws Exception {
    home.validate(Inputs.RUSTORCH_POLICY, Inputs.RUSTORCH);
    RecomputeReport report = recompute();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread()).isEmpty();
    assertThat(report.validations()).isEqualTo(2);
    assertThat(report.runs()).isEqualTo(entries(EntryKind.RUN_VERDICT).size());
  }

  @Test
  void run_verdictRewrittenInLedgerAndRegistry_isNamedWithItsShard() throws Exception {
    // who has the database rewrites the verdict and what it was decided from: PASS for FAIL
    administer(
        """
        UPDATE ledger.entries bad SET outcome = 'PASS', payload = convert_to(
          regexp_replace(convert_from(bad.payload, 'UTF8'), '"findingsDigest":"[0-9a-f]+"',
            '"findingsDigest":"' || good.findings || '"'), 'UTF8')
        FROM (SELECT substring(convert_from(payload, 'UTF8') from '"findingsDigest":"([0-9a-f]+)"') AS findings
              FROM ledger.entries WHERE kind = 'run.verdict' AND outcome = 'PASS' LIMIT 1) good
        WHERE bad.index = %d
        """
            .formatted(failed.index()));
    List<Issue> issues = recompute().issues();
    assertThat(issues).hasSize(2).allMatch(issue -> issue.kind() == IssueKind.RESULT_FORGED);
    assertThat(issues.getFirst().detail()).contains("aren't what a trusted worker signed");
    assertThat(issues.getFirst().index()).isLessThanOrEqualTo(failed.index());
    assertThat(issues.getFirst().to()).isGreaterThanOrEqualTo(failed.index());
    assertThat(issues.getLast().index()).isEqualTo(failed.index());
    assertThat(issues.getLast().detail())
        .contains("on record is PASS", "its evidence gives FAIL", failed.actor());
  }

  @Test
  void run_otherWorkersKey_isNamed() {
    List<Issue> issues =
        new Recomputation(
                home.ledger(),
                home.registry(),
                new TrustedResults(
                    List.of(
                        CheckpointSigners.noteSigner(
                                folder.resolve("test-only-stranger.pem"), "stranger")
                            .verifierKey())))
            .run(Long.MAX_VALUE, _ -> {})
            .issues();
    assertThat(issues)
        .isNotEmpty()
        .allMatch(issue -> issue.kind() == IssueKind.RESULT_FORGED)
        .allMatch(issue -> issue.detail().contains("no trusted worker signed it"));
  }

  @Test
  void run_sealOfAnotherOutcome_isNamed() {
    home.stack()
        .storage()
        .ledger(Home.LEDGER)
        .append(
            new NewEntry(
                "forged/sealed",
                sealed.kind(),
                sealed.actor(),
                sealed.subject(),
                sealed.outcome(),
                sealed.occurred(),
                Correlation.NONE,
                sealed.payload().with("outcomeRoot", "0".repeat(64))));
    List<Issue> issues = recompute().issues();
    assertThat(issues)
        .anyMatch(
            issue ->
                issue.kind() == IssueKind.RESULT_FORGED
                    && issue.index() == sealed.index() + offset()
                    && issue.detail().contains("was sealed with outcome root 000"));
  }

  @Test
  void run_editedEvidence_isNamed() throws Exception {
    administer(
        """
        UPDATE registry.plan
        SET header = convert_to(replace(convert_from(header, 'UTF8'), '"runs":', '"runs":1'), 'UTF8')
        WHERE workflow_id = '%s'
        """
            .formatted(sealed.subject()));
    assertThat(recompute().issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.EVIDENCE_EDITED)
        .matches(issue -> issue.index() == sealed.index());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verdict = 'PASS' WHERE bad.verdict = 'FAIL'",
        "findings = findings || '\\x00'::bytea WHERE bad.verdict = 'FAIL'",
        "findings = set_byte(findings, length(findings) - 1, 63) WHERE bad.verdict = 'FAIL'", // a
        // message
        "findings_digest = decode(repeat('00', 32), 'hex') WHERE bad.verdict = 'FAIL'",
        "findings = good.findings, findings_digest = good.findings_digest, verdict = 'PASS' FROM"
            + " (SELECT * FROM registry.judgement WHERE verdict = 'PASS' LIMIT 1) good"
            + " WHERE bad.verdict = 'FAIL'"
      })
  void run_editedJudgement_isNamed(String edit) throws Exception {
    int failed =
        (int)
            entries(EntryKind.RUN_VERDICT).stream()
                .filter(entry -> entry.outcome().equals("FAIL"))
                .count();
    administer("UPDATE registry.judgement bad SET " + edit);
    RecomputeReport report = recompute();
    assertThat(report.unread()).isEmpty();
    assertThat(report.issues())
        .hasSize(failed)
        .allMatch(issue -> issue.kind() == IssueKind.EVIDENCE_EDITED)
        .allMatch(issue -> issue.detail().contains("registry.judgement"))
        .anyMatch(issue -> issue.index() == this.failed.index());
  }

  @Test
  void run_judgementsOfUnknownVerdict_areNamed() throws Exception {
    administer("UPDATE registry.judgement SET verdict = 'GOOD'");
    assertThat(recompute().issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.EVIDENCE_EDITED)
        .matches(issue -> issue.index() == sealed.index());
  }

  @Test
  void run_deletedJudgements_areUnreadAndNeverIntact() throws Exception {
    administer("DELETE FROM registry.judgement WHERE verdict = 'FAIL'");
    RecomputeReport report = recompute();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread())
        .singleElement()
        .matches(range -> range.from() == sealed.index())
        .matches(range -> range.why().contains("registry.judgement lacks"));
  }

  @Test
  void run_insertedJudgement_isNamed() throws Exception {
    administer(
        """
        INSERT INTO registry.judgement
        SELECT workflow_id, ordinal + 1000000, verdict, findings_digest, findings
        FROM registry.judgement LIMIT 1
        """);
    assertThat(recompute().issues())
        .singleElement()
        .matches(issue -> issue.kind() == IssueKind.EVIDENCE_EDITED)
        .matches(issue -> issue.detail().contains("1 rows that no run"));
  }

  @Test
  void run_lostShard_isUnreadAndNeverIntact() throws Exception {
    administer("DELETE FROM registry.shard_result");
    RecomputeReport report = recompute();
    assertThat(report.issues()).isEmpty();
    assertThat(report.unread())
        .singleElement()
        .matches(range -> range.from() == sealed.index())
        .matches(range -> range.why().contains("no signed result"));
  }

  /** The forged seal is the newest entry. */
  private long offset() {
    return home.ledger().head().size() - 1 - sealed.index();
  }

  private RecomputeReport recompute() {
    return new Recomputation(
            home.ledger(),
            home.registry(),
            new TrustedResults(home.stack().storage().trustedResults()))
        .run(Long.MAX_VALUE, _ -> {});
  }

  private List<StoredEntry> entries(String kind) {
    return home.ledger().log(LogFilter.ALL.withKind(kind));
  }

  private void administer(String sql) throws Exception {
    home.asAdministrator(
        "SET session_replication_role = replica; ALTER TABLE ledger.entries DISABLE TRIGGER ALL; "
            + sql);
  }
}
