package dev.assay.ledger.append;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.tree.TileBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Commits one batch after the other. Between them it keeps the unfinished tiles, so that it reads
 * them again only after another process appended. Used by the committer's thread alone.
 */
final class BatchCommit {
  private final DataSource dataSource;
  private final String ledger;
  private final EntryHashes hashes = new EntryHashes();

  /** Fits a ledger that ends with {@link #chainHash}; null after a failure. */
  private @Nullable TileBuilder tiles;

  private byte[] chainHash = new byte[0];

  BatchCommit(DataSource dataSource, String ledger) {
    this.dataSource = dataSource;
    this.ledger = ledger;
  }

  /** Returns when durable. After an exception the batch is on record whole, or not at all. */
  List<AppendOutcome> commit(List<EntryBytes> batch) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      return commit(connection, batch);
    } catch (SQLException | RuntimeException e) {
      tiles = null;
      throw e;
    }
  }

  private List<AppendOutcome> commit(Connection connection, List<EntryBytes> batch)
      throws SQLException {
    try {
      AppendTransaction transaction = new AppendTransaction(connection, ledger);
      AppendTransaction.Locked locked =
          transaction.lock(
              batch.stream().map(e -> e.entry().key()).distinct().toList(),
              tiles == null ? new byte[0] : chainHash);
      BatchPlan plan = new BatchPlan(ledger, batch, locked.known());
      if (!plan.conflictKeys().isEmpty()) {
        plan.addConflictReports(transaction.lookUp(plan.conflictKeys()));
      }
      if (plan.fresh().isEmpty()) {
        connection.rollback();
        return plan.outcomes(List.of());
      }
      Extension extension = Extension.of(locked.head(), plan.fresh(), tilesAt(locked), hashes);
      new EntryWriter(connection, ledger).write(extension);
      chainHash = extension.chainHash();
      return plan.outcomes(extension.receipts());
    } catch (SQLException | RuntimeException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private TileBuilder tilesAt(AppendTransaction.Locked locked) {
    TileBuilder current = tiles;
    if (current == null || !Arrays.equals(chainHash, locked.head().chainHash())) {
      current = TileBuilder.resume(hashes, locked.head().size(), locked.unfinishedTiles());
      tiles = current;
    }
    return current;
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
