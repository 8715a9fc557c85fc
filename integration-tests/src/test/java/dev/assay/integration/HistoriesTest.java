package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.history.HistoryDigest;
import dev.assay.activities.history.HistorySource;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.HistoryReport;
import dev.assay.ledger.verify.HistoryVerifier;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.engine.KeptHistory;
import dev.assay.worker.histories.AvailableHistories;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.histories.KeptHistories;
import dev.assay.worker.histories.LiveHistories.LiveRun;
import dev.assay.worker.replay.HistoryReplayer;
import dev.assay.worker.replay.ReplayReport;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger says of histories, and what they are. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HistoriesTest {
  /** Three runs of the workflow with a shard a run: 400, 400 and 250 shards. */
  private static final int MANY = 1_050;

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = Home.open(folder.resolve("home"));
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void digested_history_isTheEnginesAndTheKeptOne() throws Exception {
    home.validate(Inputs.MLRUNS_POLICY, Inputs.WINE);
    StoredEntry entry = digested().getFirst();
    KeptHistory kept = home.stack().histories().list().getFirst();

    assertThat(digested()).hasSize(1);
    assertThat(digest(live(), kept)).isEqualTo(digest(kept(), kept));
    assertThat(entry.payload().toString()).contains(digest(live(), kept), kept.runId());
    assertThat(compare(Optional.empty())).isEqualTo(new HistoryReport(1, 0, 0, List.of()));
    assertThat(compare(Optional.of(live()))).isEqualTo(new HistoryReport(1, 0, 0, List.of()));
  }

  @Test
  void verify_payloadOfAKeptHistoryEdited_namesWorkflowAndRun() throws Exception {
    home.validate(Inputs.MLRUNS_POLICY, Inputs.WINE);
    KeptHistory kept = home.stack().histories().list().getFirst();
    edit(kept.file());

    HistoryReport report = compare(Optional.empty());
    assertThat(report.mismatched()).isEqualTo(1);
    assertThat(report.issues())
        .singleElement()
        .satisfies(
            issue -> {
              assertThat(issue.kind()).isEqualTo(IssueKind.HISTORY_MISMATCH);
              assertThat(issue.index()).isEqualTo(digested().getFirst().index());
              assertThat(issue.detail()).contains(kept.workflowId(), kept.runId());
            });
    assertThat(home.verify().with(report).status()).isEqualTo(VerifyStatus.TAMPERED);
    assertThat(compare(Optional.of(live())).mismatched()).as("the engine's is whole").isZero();
  }

  @Test
  void verify_historyGone_isNotAvailableAndNoMismatch() throws Exception {
    home.validate(Inputs.MLRUNS_POLICY, Inputs.WINE);
    Files.delete(home.stack().histories().list().getFirst().file());

    HistoryReport report = compare(Optional.empty());
    assertThat(report).isEqualTo(new HistoryReport(0, 0, 1, List.of()));
    assertThat(home.verify().with(report).status()).isEqualTo(VerifyStatus.INTACT);
  }

  @Test
  void validate_moreShardsThanARunTakes_isAChainOfShortHistoriesWithTheSameOutcome()
      throws Exception {
    ValidationPolicy policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    Path runs = many();
    ValidationOutcome whole = validate(policy, runs, "whole", 5_000);
    ValidationOutcome chain = validate(policy, runs, "chain", 1);

    assertThat(chain.outcomeRoot()).isEqualTo(whole.outcomeRoot());
    assertThat(chain.counts()).isEqualTo(whole.counts());
    assertThat(chain.counts().runs()).isEqualTo(MANY);
    List<KeptHistory> kept =
        home.stack().histories().list().stream()
            .filter(history -> history.workflowId().contains("chain"))
            .toList();
    assertThat(kept).hasSize(3);
    for (KeptHistory one : kept) {
      ReplayReport replayed = HistoryReplayer.replay(one.file());
      assertThat(replayed.failed()).isEmpty();
      assertThat(replayed.events()).isBetween(1_000L, 9_999L);
    }
    assertThat(compare(Optional.empty())).isEqualTo(new HistoryReport(4, 0, 0, List.of()));
    List<LiveRun> live = new ArrayList<>();
    new EngineHistories(home.stack().engine().engine())
        .forEachRun(kept.getFirst().workflowId(), live::add);
    assertThat(live)
        .extracting(LiveRun::runId)
        .containsExactlyInAnyOrderElementsOf(kept.stream().map(KeptHistory::runId).toList());
  }

  private ValidationOutcome validate(ValidationPolicy policy, Path runs, String id, int shardSize)
      throws Exception {
    StartedValidation started =
        home.start(
            policy,
            home.stage(policy, runs),
            Optional.of(id),
            new ValidationOptions(8, shardSize, false, true));
    return started.await(ValidationWatcher.silent());
  }

  /** So many small runs, as assay run JSON, one a line. */
  private Path many() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int run = 0; run < MANY; run++) {
      lines.add(
          """
          {"apiVersion": "assay/v1", "kind": "Run", "id": "r%d", "experiment": "sk-many", "name": "run %d", "status": "FINISHED", "metrics": {"loss": [{"step": 1, "value": 0.%d}]}}"""
              .formatted(run, run, run % 10));
    }
    return Files.write(folder.resolve("many.jsonl"), lines);
  }

  /** One letter within a payload of an event that was digested. */
  private static void edit(Path file) throws IOException {
    String json = Files.readString(file);
    int at = json.indexOf("\"data\": \"") + 20;
    char other = json.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(file, json.substring(0, at) + other + json.substring(at + 1));
  }

  private List<StoredEntry> digested() {
    return home.ledger().log(LogFilter.ALL.withKind(EntryKind.HISTORY_DIGESTED));
  }

  private HistorySource live() {
    return new EngineHistories(home.stack().engine().engine());
  }

  private HistorySource kept() {
    return new KeptHistories(home.stack().histories());
  }

  private String digest(HistorySource source, KeptHistory history) {
    long events = Long.parseLong(eventsOf(digested().getFirst()));
    return HistoryDigest.of(source, history.workflowId(), history.runId(), events)
        .orElseThrow()
        .end()
        .hex();
  }

  private static String eventsOf(StoredEntry entry) {
    return entry.payload().members().get("events").toString().replaceAll("\\.0|[^0-9]", "");
  }

  private HistoryReport compare(Optional<HistorySource> live) {
    return HistoryVerifier.verify(
        home.stack().storage().dataSource(), home.verify(), new AvailableHistories(live, kept()));
  }
}
