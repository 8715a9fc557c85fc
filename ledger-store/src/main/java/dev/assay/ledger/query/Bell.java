package dev.assay.ledger.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells sessions of the same database that a ledger has grown: PostgreSQL's NOTIFY on channel
 * {@value #CHANNEL} with the ledger's name. Rung after commits, not by them: a transaction that
 * notifies takes a lock of the whole server until it has committed, and fails when the queue of a
 * session that doesn't listen is full. An append must depend on neither.
 */
final class Bell {
  static final String CHANNEL = "assay_ledger";

  /** A lost ring is made up for, so it doesn't wait for the disk. */
  private static final String RING =
      "SELECT set_config('synchronous_commit', 'off', true), pg_notify('%s', ?)".formatted(CHANNEL);

  private Bell() {}

  /** On a connection outside of a transaction. */
  static void ring(Connection connection, String ledger) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RING)) {
      statement.setString(1, ledger);
      statement.execute();
    }
  }

  static void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
  }

  static void unlisten(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("UNLISTEN " + CHANNEL);
    }
  }

  /** Waits until it rings for a ledger, at most for {@code patience}. */
  static void await(Connection connection, String ledger, Duration patience) throws SQLException {
    PGConnection listening = connection.unwrap(PGConnection.class);
    long giveUp = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (left > 0) {
      PGNotification[] rung = listening.getNotifications(Math.toIntExact(left));
      for (PGNotification one : Optional.ofNullable(rung).orElse(new PGNotification[0])) {
        if (one.getParameter().equals(ledger)) {
          return;
        }
      }
      left = (giveUp - System.nanoTime()) / 1_000_000;
    }
  }
}
