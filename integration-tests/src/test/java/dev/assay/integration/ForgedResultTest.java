package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.ShardStatement;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationTamperedException;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.workflows.validation.JudgingActivities;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import dev.assay.workflows.validation.ValidationOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can complete an activity, or edit the registry, still can't make a verdict. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ForgedResultTest {
  private static final String ZEROS = "0".repeat(64);

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = Home.open(folder.resolve("home"));
    home.stack().engine().close(); // its worker is honest
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void record_forgedShards_refusesAndAbandons() throws Exception {
    refused(
        "other-root",
        shard -> new SignedShard(shard.shard(), ZEROS, shard.note()),
        "the note is about something else");
    NoteSigner stranger =
        CheckpointSigners.noteSigner(
            folder.resolve("test-only-stranger.pem"),
            home.stack().storage().resultSigner().verifierKey().name());
    refused(
        "other-key",
        shard ->
            new SignedShard(
                shard.shard(),
                shard.findingsRoot(),
                stranger.sign(statement(shard).text()).toString()),
        "no trusted worker signed it");
    refused(
        "edited-row",
        shard -> {
          home.asAdministrator(
              """
              UPDATE registry.judgement bad
              SET verdict = good.verdict, findings_digest = good.findings_digest,
                findings = good.findings
              FROM registry.judgement good
              WHERE bad.workflow_id = '%1$s' AND bad.verdict = 'FAIL'
                AND good.workflow_id = '%1$s' AND good.ordinal =
                  (SELECT min(ordinal) FROM registry.judgement
                   WHERE workflow_id = '%1$s' AND verdict = 'PASS')
              """
                  .formatted(shard.shard().workflowId()));
          return shard;
        },
        "the registry's findings have root");
    refused(
        "edited-verdict",
        shard -> {
          home.asAdministrator(
              "UPDATE registry.judgement SET verdict = 'PASS' WHERE workflow_id = '%s'"
                  .formatted(shard.shard().workflowId()));
          return shard;
        },
        "the registry says PASS, its findings lead to FAIL");
    assertThat(home.verify().status()).isEqualTo(VerifyStatus.INTACT);
  }

  private void refused(String id, Forgery forgery, String why) throws Exception {
    ValidationPolicy policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    try (WorkerHost _ = worker(forgery)) {
      StartedValidation started =
          home.start(
              policy,
              home.stage(policy, Inputs.WINE),
              Optional.of(id),
              new ValidationOptions(2, 1_000, false, true));
      assertThatThrownBy(() -> started.await(ValidationWatcher.silent()))
          .isInstanceOf(ValidationTamperedException.class)
          .hasMessageContaining(why);
      String workflowId = started.workflowId();
      assertThat(entries(workflowId, EntryKind.RUN_VERDICT)).isEmpty();
      assertThat(entries(workflowId, EntryKind.VALIDATION_SEALED)).isEmpty();
      assertThat(entries(workflowId, EntryKind.VALIDATION_ABANDONED))
          .singleElement()
          .satisfies(
              entry ->
                  assertThat(entry.payload().toString()).contains("ResultForgedException", why));
      assertThat(home.registry().cases().eventsOf(workflowId, Optional.empty(), 10)).isEmpty();
    }
  }

  private List<StoredEntry> entries(String workflowId, String kind) {
    return home.ledger().log(LogFilter.ALL.withWorkflowId(workflowId).withKind(kind));
  }

  private static ShardStatement statement(SignedShard signed) {
    ShardRequest shard = signed.shard();
    return new ShardStatement(
        shard.workflowId(),
        new Sha256(shard.planDigest()),
        shard.from(),
        shard.to(),
        new Sha256(signed.findingsRoot()));
  }

  @FunctionalInterface
  private interface Forgery {
    SignedShard of(SignedShard honest) throws Exception;
  }

  /** Judges honestly, then replies with something else. */
  private record ForgingJudge(JudgingActivities honest, Forgery forgery)
      implements JudgingActivities {
    @Override
    public SignedShard judge(ShardRequest request) {
      try {
        return forgery.of(honest.judge(request));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SignedShard judgeObserved(ObservedShard observed) {
      throw new UnsupportedOperationException("the policy runs no programs");
    }
  }

  private WorkerHost worker(Forgery forgery) {
    return Workers.start(
        home,
        activity ->
            activity instanceof JudgingActivities judge
                ? new ForgingJudge(judge, forgery)
                : activity);
  }
}
