package dev.assay.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks again, every few milliseconds, until an answer comes or patience ends. */
final class Waiting {
  private static final long STEP_MILLIS = 4;

  private Waiting() {}

  /** The first answer, or empty when patience ended. */
  static <T> Optional<T> forSome(Duration patience, Question<T> question) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<T> answer = question.ask();
      if (answer.isPresent() || System.nanoTime() - end > 0) {
        return answer;
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PostgresException("interrupted while waiting for PostgreSQL", e);
      }
    }
  }

  /** Whether the condition came true before patience ended. */
  static boolean until(Duration patience, Condition condition) throws IOException {
    return forSome(patience, () -> condition.holds() ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /** What is asked. */
  interface Question<T> {
    Optional<T> ask() throws IOException;
  }

  /** What is waited for. */
  interface Condition {
    boolean holds() throws IOException;
  }
}
