package dev.assay.workflows.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CheckpointWorkflowTest {
  private final CheckpointBench bench = new CheckpointBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void sign_twice_startsOneWorkflowAndRepliesWithEachEnd() {
    assertThat(bench.sign()).isEqualTo(CheckpointBench.signed(7));
    String run = bench.runId();
    bench.entries.set(9);

    assertThat(bench.sign()).isEqualTo(CheckpointBench.signed(9));
    assertThat(bench.runId()).isEqualTo(run);
    assertThat(bench.signatures).hasValue(2);
  }

  @Test
  void sign_signerFailsAtFirst_waitsAndReplies() throws Exception {
    bench.failing.set(4);

    assertThat(bench.signPatiently()).isEqualTo(CheckpointBench.signed(7));
  }

  @Test
  void sign_noSignerForAMinute_saysSoAndTheEndIsSignedLater() {
    bench.failing.set(20);

    assertThatThrownBy(bench::signPatiently)
        .hasCauseInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("is a worker on task queue assay-signer?");
    bench.pass(Duration.ofMinutes(10));
    assertThat(bench.signatures).hasValue(1);
  }

  @Test
  void sign_refused_isToldUnderItsNameAndTheWorkflowGoesOn() {
    bench.refusing.set(1);

    assertThatThrownBy(bench::sign)
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("CheckpointRefusedException");
              assertThat(failure.getOriginalMessage()).contains("size 2 after size 3");
            });
    assertThat(bench.sign()).isEqualTo(CheckpointBench.signed(7));
  }

  @Test
  @Timeout(30)
  void sign_manyWhileOneIsUnderWay_shareTheNext() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    bench.before =
        () -> {
          underWay.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SignedCheckpoint>> replies = new ArrayList<>();
      replies.add(callers.submit(bench::sign));
      underWay.await();
      for (int i = 0; i < 5; i++) {
        replies.add(callers.submit(bench::sign));
      }
      awaitAccepted(6);
      goOn.countDown();
      for (Future<SignedCheckpoint> reply : replies) {
        assertThat(reply.get()).isEqualTo(CheckpointBench.signed(7));
      }
    }
    assertThat(bench.signatures).hasValue(2);
  }

  @Test
  void keepSigned_nothingAppended_looksAndSignsNothing() {
    bench.sign();

    bench.pass(Duration.ofMinutes(31));

    assertThat(bench.looks).hasValue(6);
    assertThat(bench.signatures).hasValue(1);
  }

  @Test
  void keepSigned_appendedUnasked_isSignedWithinFiveMinutes() {
    bench.sign();
    bench.entries.set(8);

    bench.pass(Duration.ofMinutes(6));

    assertThat(bench.signatures).hasValue(2);
    bench.pass(Duration.ofMinutes(10));
    assertThat(bench.signatures).hasValue(2);
  }

  @Test
  void keepSigned_refusedUnasked_triesAgainAtTheNextLook() {
    bench.sign();
    bench.entries.set(8);
    bench.refusing.set(1);

    bench.pass(Duration.ofMinutes(6));
    assertThat(bench.signatures).hasValue(1);
    bench.pass(Duration.ofMinutes(5));
    assertThat(bench.signatures).hasValue(2);
  }

  /** 30 hours of looks; the next run knows what was signed. */
  @Test
  void keepSigned_longHistory_continuesAsNewAndSignsNothingAnew() {
    bench.sign();
    String first = bench.runId();

    bench.pass(Duration.ofHours(40));

    assertThat(bench.runId()).isNotEqualTo(first);
    assertThat(bench.signatures).hasValue(1);
    assertThat(bench.latest().describe().getStatus().name()).endsWith("RUNNING");
  }

  @Test
  void sign_moreThanARunTakes_areAllAnswered() {
    String first = "";
    for (int i = 0; i < CheckpointWorkflowImpl.MAX_UPDATES + 20; i++) {
      assertThat(bench.sign()).isEqualTo(CheckpointBench.signed(7));
      first = first.isEmpty() ? bench.runId() : first;
    }
    assertThat(bench.runId()).isNotEqualTo(first);
  }

  private void awaitAccepted(int updates) throws InterruptedException {
    while (count("UPDATE_ACCEPTED") < updates) {
      Thread.sleep(20);
    }
  }

  private long count(String event) {
    return bench.history().lines().filter(line -> line.contains(event)).count();
  }
}
