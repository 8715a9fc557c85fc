package dev.assay.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.registry.EvidenceDamagedException;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryableTest {
  static Stream<RuntimeException> hopeless() {
    return Stream.of(
        new EvidenceDamagedException("row 3 is damaged"),
        new LedgerDamagedException("the head is gone", new IllegalStateException()),
        new IllegalStateException("nobody foresaw it"));
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void unlessHopeless_noTryWillSucceed_failsForGoodUnderTheExceptionsName(RuntimeException cause) {
    assertThatThrownBy(() -> failing(cause))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(cause.getClass().getSimpleName());
              assertThat(failure.getOriginalMessage()).isEqualTo(cause.getMessage());
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }

  @Test
  void unlessHopeless_databaseAway_isLeftToTheEngine() {
    LedgerException away = new LedgerUnavailableException("away");

    assertThatThrownBy(() -> failing(away)).isSameAs(away);
  }

  private static void failing(RuntimeException cause) {
    Retryable.unlessHopeless(
        () -> {
          throw cause;
        });
  }
}
