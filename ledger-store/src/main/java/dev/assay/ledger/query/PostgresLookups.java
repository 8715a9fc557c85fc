package dev.assay.ledger.query;

import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.verify.LookupCheck;
import dev.assay.ledger.verify.Warning;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** The projection of one ledger, for its care. */
public final class PostgresLookups implements LedgerLookups {
  /** While another process projects. */
  private static final long PAUSE_MILLIS = 20;

  private final DataSource dataSource;
  private final LedgerReader reader;

  /** Of the ledger that {@code reader} reads. */
  public PostgresLookups(DataSource dataSource, LedgerReader reader) {
    this.dataSource = dataSource;
    this.reader = reader;
  }

  @Override
  public State state() {
    var _ = reader.head(); // a ledger that isn't there has no state
    try (Connection connection = dataSource.getConnection()) {
      LookupState state = LookupState.read(connection, reader.name());
      return new State(state.next(), state.size());
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<Warning> difference() {
    return LookupCheck.of(dataSource, reader.name());
  }

  @Override
  public long rebuild(LongConsumer progress) {
    long size = reader.head().size();
    Projection projection = new Projection(dataSource, reader.name());
    try {
      projection.distrust();
      long covered = 0;
      while (covered < size) {
        if (projection.step() == Projection.Step.BUSY) {
          Thread.sleep(PAUSE_MILLIS);
        }
        covered = state().projected();
        progress.accept(Math.max(0, covered));
      }
      return Math.max(size, covered);
    } catch (SQLException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted; whoever appends next goes on with it", e);
    }
  }

  private LedgerUnavailableException unavailable(SQLException e) {
    return new LedgerUnavailableException(
        "lookups of ledger %s: %s".formatted(reader.name(), e.getMessage()), e);
  }
}
