package dev.assay.ledger.verify;

import dev.assay.ledger.LedgerUnavailableException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Compares the projection that finds entries with the entries that it covers. Whoever may append
 * may change it, too: it is made from the entries, and nothing vouches for it.
 */
public final class LookupCheck {
  private static final String STATE =
      """
      SELECT coalesce(s.next_index, 0) FROM ledger.heads h
      LEFT JOIN ledger.lookup_state s ON s.ledger = h.ledger
      WHERE h.ledger = ?
      """;

  /**
   * One pass over each table: 0.4 CPU-s a million entries, where a join took 1 s. Hashes are
   * nested, so that no two values of several columns are one text, and seeded, so that nobody knows
   * beforehand which rows cancel out; with as many rows, each of an index that is there once, none
   * do.
   */
  private static final String COMPARE =
      """
      SELECT l.rows, l.rows = e.rows AND l.digest IS NOT DISTINCT FROM e.digest
      FROM (
        SELECT count(*) AS rows, bit_xor(%1$s) AS digest FROM ledger.lookup r
        WHERE r.ledger = ?) l, (
        SELECT count(*) AS rows, bit_xor(%1$s) AS digest FROM ledger.entries r
        WHERE r.ledger = ? AND r.index >= 0 AND r.index < ?) e
      """
          .formatted(
              "hashtextextended(r.workflow_id, hashtextextended(r.subject, hashtextextended(r.actor, hashtextextended(r.kind, r.index # ?))))");

  /** What the state says while the rows are being made again. */
  private static final long MADE_AGAIN = -1;

  private static final String REBUILD =
      "run 'assay db rebuild-projections', which makes it again from the entries, and find out who changed it";

  /** Class of SQLSTATE: what a statement names isn't there, or isn't to be read. */
  private static final String NOT_AS_MIGRATED = "42";

  private final Snapshot snapshot;

  LookupCheck(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * As it is now.
   *
   * @throws LedgerUnavailableException if the database can't be asked
   */
  public static Optional<Warning> of(DataSource dataSource, String ledger) {
    try (Snapshot snapshot = new Snapshot(dataSource, ledger)) {
      return new LookupCheck(snapshot).warning();
    } catch (SQLException e) {
      throw new LedgerUnavailableException(
          "lookups of ledger %s can't be compared: %s".formatted(ledger, e.getMessage()), e);
    }
  }

  /**
   * What is wrong; nothing while the rows are being made again, as no reader believes them. The
   * snapshot is of no more use where a table or column is gone.
   */
  Optional<Warning> warning() throws SQLException {
    try {
      Optional<Long> covered = snapshot.number(snapshot.coordinator(), STATE);
      long size = snapshot.head().map(HeadRow::size).orElse(0L);
      if (covered.isEmpty() || covered.get() == MADE_AGAIN) {
        return Optional.empty();
      }
      return covered.get() < 0 || covered.get() > size
          ? Optional.of(impossible(covered.get(), size))
          : compare(covered.get());
    } catch (SQLException e) {
      if (!notAsMigrated(e)) {
        throw e;
      }
      return Optional.of(
          new Warning(
              Warning.Kind.LOOKUPS_DIFFER,
              "ledger.lookup or ledger.lookup_state isn't as it was made: " + e.getMessage(),
              "restore both tables from a backup, then run 'assay db rebuild-projections'"));
    }
  }

  private Optional<Warning> compare(long covered) throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(COMPARE)) {
      long seed = new SecureRandom().nextLong();
      statement.setLong(1, seed);
      statement.setString(2, snapshot.ledger());
      statement.setLong(3, seed);
      statement.setString(4, snapshot.ledger());
      statement.setLong(5, covered);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(2)
            ? Optional.empty()
            : Optional.of(warning(covered, rows.getLong(1)));
      }
    }
  }

  /** Whether a table or column that a statement names is gone, or may not be read. */
  static boolean notAsMigrated(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith(NOT_AS_MIGRATED);
  }

  /** Nobody believes it, so nothing is left out: finding entries only takes longer. */
  private static Warning impossible(long covered, long size) {
    return new Warning(
        Warning.Kind.LOOKUPS_DIFFER,
        "ledger.lookup_state says that ledger.lookup covers %d entries of a ledger that has %d: somebody changed it, and entries are found by reading them all"
            .formatted(covered, size),
        REBUILD);
  }

  private static Warning warning(long covered, long rows) {
    return new Warning(
        Warning.Kind.LOOKUPS_DIFFER,
        covered == rows
            ? "ledger.lookup has a row for each of %d entries, with other values than these: entries are found under what they don't say"
                .formatted(covered)
            : "ledger.lookup covers %d entries and has %d rows: entries are left out, or found twice"
                .formatted(covered, rows),
        REBUILD
            + "; what 'assay ledger log' gave for a kind, run or workflow until then may be incomplete");
  }
}
