package dev.assay.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions, and the mapping of SQL errors to what a caller can do about them. */
final class Jdbc {
  /** SQLSTATE unique_violation (manual, appendix A). */
  static final String UNIQUE_VIOLATION = "23505";

  private final DataSource dataSource;

  Jdbc(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work on one connection; a checked cause leaves as an SQLException. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs {@code work} in one transaction: committed if it returns, rolled back if it throws. */
  <T> T transaction(String what, Work<T> work) {
    try {
      return attempt(work);
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  /**
   * As {@link #transaction}, for work that looks up which of its keys are there and inserts the
   * others. If another transaction inserts one of them meanwhile, the work is rolled back and run
   * again, and then finds it. A try is lost only to a key that was not there when it began and
   * stays for good (nobody may delete what is evidence), so that one try more than there are keys
   * is enough, however many others insert; more are needed only if the index is damaged.
   *
   * @param keys how many keys the work may insert
   */
  <T> T insertMissing(String what, int keys, Work<T> work) {
    for (int lost = 0; ; lost++) {
      try {
        return attempt(work);
      } catch (SQLException e) {
        if (lost == keys || !UNIQUE_VIOLATION.equals(e.getSQLState())) {
          throw failure(what, e);
        }
      }
    }
  }

  private <T> T attempt(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        T result = work.on(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollback(connection);
        }
        connection.setAutoCommit(true);
      }
    }
  }

  /** The first failure is the one worth telling; a rollback on a dead connection adds nothing. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException _) {
      // the server rolls back what a lost connection left
    }
  }

  static RuntimeException failure(String what, SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String message =
        "registry: could not %s: %s (SQLSTATE %s)"
            .formatted(what, e.getMessage(), state.isEmpty() ? "none" : state);
    boolean passing =
        state.isEmpty()
            || List.of("08", "40", "53", "55", "57").stream().anyMatch(state::startsWith);
    return passing
        ? new RegistryUnavailableException(message + "; try again", e)
        : new RegistryException(message, e);
  }

  /**
   * For look-ups by a list of keys, until the transaction ends: one index probe a key. On a table
   * that was never analyzed the planner may scan it whole for every key, which is quadratic.
   */
  static void probeIndexes(Connection connection) throws SQLException {
    try (var settings = connection.createStatement()) {
      settings.execute(
          "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;"
              + " SET LOCAL enable_mergejoin = off; SET LOCAL jit = off");
    }
  }

  static <E> Object array(
      Connection connection, String type, List<E> rows, Function<E, ? extends @Nullable Object> f)
      throws SQLException {
    Object[] values = type.equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = f.apply(rows.get(i));
    }
    return connection.createArrayOf(type, values);
  }

  /** PostgreSQL's timestamptz, to the microsecond. */
  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static Optional<Instant> instant(@Nullable Timestamp timestamp) {
    return Optional.ofNullable(timestamp).map(Timestamp::toInstant);
  }
}
