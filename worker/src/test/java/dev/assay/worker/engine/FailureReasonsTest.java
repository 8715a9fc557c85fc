package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import org.junit.jupiter.api.Test;

class FailureReasonsTest {
  @Test
  void of_nested_isTheInnermostThatSaysSomething() {
    assertThat(
            FailureReasons.of(because("activity failed", because("refused", because("", none())))))
        .isEqualTo("refused");
  }

  @Test
  void of_timeoutWithoutMessage_saysWhichTimeout() {
    assertThat(FailureReasons.of(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)))
        .isEqualTo("it gave no sign of life");
    assertThat(FailureReasons.of(timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)))
        .isEqualTo("it took too long");
  }

  @Test
  void of_none_isEmpty() {
    assertThat(FailureReasons.of(none())).isEmpty();
  }

  private static Failure none() {
    return Failure.getDefaultInstance();
  }

  private static Failure because(String message, Failure cause) {
    return Failure.newBuilder().setMessage(message).setCause(cause).build();
  }

  private static Failure timeout(TimeoutType type) {
    return Failure.newBuilder()
        .setTimeoutFailureInfo(TimeoutFailureInfo.newBuilder().setTimeoutType(type))
        .build();
  }
}
