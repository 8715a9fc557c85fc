package dev.assay.activities.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.RecordingActivities.RecordRequest;
import dev.assay.workflows.validation.RecordingActivities.RecordedShard;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingActivitiesTest {
  @TempDir private Path folder;
  private PlannedRuns runs;
  private SignedShard honest;
  private long sizeBefore;

  @BeforeEach
  void judge() throws Exception {
    runs = new PlannedRuns(folder.resolve("test-only-results.pem"));
    honest = runs.judge();
    sizeBefore = runs.ledgerSize();
  }

  @AfterEach
  void close() {
    runs.close();
  }

  @Test
  void record_honestShard_appendsAVerdictARunInPlanOrderAndOpensCases() {
    RecordedShard recorded = record(honest);

    assertThat(recorded.counts().runs()).isEqualTo(PlannedRuns.RUNS);
    assertThat(recorded.counts().pass()).isEqualTo(PlannedRuns.RUNS - PlannedRuns.BAD);
    assertThat(recorded.counts().quarantined()).isEqualTo(PlannedRuns.BAD);
    assertThat(runs.entries(EntryKind.RUN_VERDICT))
        .extracting(StoredEntry::key)
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.IntStream.range(0, PlannedRuns.RUNS)
                .mapToObj(i -> runs.request().workflowId() + "/verdict/" + i)
                .toList());
    assertThat(runs.entries(EntryKind.RUN_VERDICT))
        .allMatch(entry -> entry.actor().equals(PlannedRuns.RESULTS_NAME));
    assertThat(runs.entries(EntryKind.CASE_OPENED)).hasSize(PlannedRuns.BAD);
    assertThat(recorded.firstIndex()).isEqualTo(sizeBefore);
    assertThat(recorded.lastIndex()).isEqualTo(runs.ledgerSize() - 1);
  }

  @Test
  void record_repeated_givesTheSameReceiptsAndAppendsNothing() {
    RecordedShard first = record(honest);
    long size = runs.ledgerSize();
    RecordedShard again = record(honest);

    assertThat(runs.ledgerSize()).isEqualTo(size);
    assertThat(again.firstIndex()).isEqualTo(first.firstIndex());
    assertThat(again.counts()).isEqualTo(first.counts());
    assertThat(runs.entries(EntryKind.CASE_OPENED)).hasSize(PlannedRuns.BAD);
  }

  @Test
  void record_dryRun_countsAndAppendsNothing() {
    RecordedShard counted =
        runs.recording().record(new RecordRequest(runs.request().ledger(), true, honest));

    assertThat(counted.counts().runs()).isEqualTo(PlannedRuns.RUNS);
    assertThat(counted.counts().quarantined()).isZero();
    assertThat(counted.firstIndex()).isEqualTo(-1);
    assertThat(runs.ledgerSize()).isEqualTo(sizeBefore);
  }

  @Test
  void record_signedByAStrangerUnderOurName_isRefused() {
    NoteSigner stranger =
        CheckpointSigners.noteSigner(
            folder.resolve("test-only-stranger.pem"), PlannedRuns.RESULTS_NAME);
    String note =
        stranger
            .sign(
                JudgingActivitiesImpl.statement(honest.shard(), new Sha256(honest.findingsRoot()))
                    .text())
            .toString();

    refused(
        new SignedShard(honest.shard(), honest.findingsRoot(), note),
        ResultForgedException.class,
        "no trusted worker signed it");
  }

  @Test
  void record_noteThatIsNone_isRefused() {
    refused(
        new SignedShard(honest.shard(), honest.findingsRoot(), "I saw it"),
        ResultForgedException.class,
        honest.shard().workflowId());
  }

  @Test
  void record_otherRootThanSigned_isRefused() {
    refused(
        new SignedShard(honest.shard(), "0".repeat(64), honest.note()),
        ResultForgedException.class,
        "the note is about something else");
  }

  @Test
  void record_findingsOfAnotherRun_dontHashToWhatWasSigned() throws Exception {
    runs.praiseFailures();

    refused(honest, ResultForgedException.class, "the registry's findings have root");
  }

  @Test
  void record_verdictThatFindingsDontLeadTo_isRefused() throws Exception {
    runs.tamper("UPDATE registry.judgement SET verdict = 'PASS' WHERE verdict = 'FAIL'");

    refused(honest, ResultForgedException.class, "the registry says PASS");
  }

  @Test
  void record_judgementMissing_isRefused() throws Exception {
    runs.tamper("DELETE FROM registry.judgement WHERE ordinal = 5");

    refused(honest, EvidenceMissingException.class, "11 of 12 judgements");
  }

  private RecordedShard record(SignedShard shard) {
    return runs.recording().record(new RecordRequest(runs.request().ledger(), false, shard));
  }

  private void refused(SignedShard shard, Class<?> type, String why) {
    assertThatThrownBy(() -> record(shard))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type.getSimpleName());
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(why);
            });
    assertThat(runs.ledgerSize()).isEqualTo(sizeBefore);
    assertThat(List.of(EntryKind.RUN_VERDICT, EntryKind.CASE_OPENED))
        .allSatisfy(kind -> assertThat(runs.entries(kind)).isEmpty());
  }
}
