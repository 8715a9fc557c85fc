package dev.assay.worker.validations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.workflows.validation.ValidationPhase;
import dev.assay.workflows.validation.ValidationProgress;
import dev.assay.workflows.validation.VerdictCounts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private long nanos = -5; // nanoTime may be negative
  private final Standstill standstill = new Standstill(() -> nanos);

  @Test
  void troubledFor_slowButNothingWrong_isZero() {
    standstill.sees(judged(1));
    pass(600);
    standstill.sees(judged(1));
    standstill.troubled(false);
    assertThat(standstill.length()).hasSeconds(600);
    assertThat(standstill.troubledFor()).isZero();
  }

  @Test
  void troubledFor_wrongAndNothingMoves_growsFromTheFirstFinding() {
    standstill.sees(judged(1));
    pass(10);
    standstill.troubled(true);
    pass(20);
    standstill.sees(judged(1));
    standstill.troubled(true);
    assertThat(standstill.troubledFor()).hasSeconds(20);
  }

  @Test
  void troubledFor_wrongButItMoves_beginsAgain() {
    standstill.sees(judged(1));
    standstill.troubled(true);
    pass(50);
    standstill.sees(judged(2));
    standstill.troubled(true);
    pass(15);
    assertThat(standstill.troubledFor()).hasSeconds(15);
    assertThat(standstill.length()).hasSeconds(15);
  }

  @Test
  void troubledFor_wrongThenRight_isZero() {
    standstill.sees(judged(1));
    standstill.troubled(true);
    pass(50);
    standstill.troubled(false);
    assertThat(standstill.troubledFor()).isEqualTo(Duration.ZERO);
  }

  private void pass(long seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private static ValidationProgress judged(int runs) {
    return new ValidationProgress(ValidationPhase.JUDGING, 10, runs, VerdictCounts.NONE);
  }
}
