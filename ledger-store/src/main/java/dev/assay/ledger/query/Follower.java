package dev.assay.ledger.query;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerFollower;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows a ledger on a connection that listens and is not shared. It listens before it reads, so
 * what is committed after the reading rings.
 */
public final class Follower implements LedgerFollower {
  /** Looks at least so often, should nobody ring: whoever appended may have been killed since. */
  private static final Duration UNRUNG = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final LedgerReader reader;
  private final LogFilter filter;

  /** First index not read yet. */
  private long next;

  /** Null until it listens, and after a failure. */
  private @Nullable Connection listening;

  /** Begins after the filter's index. */
  public Follower(DataSource dataSource, LedgerReader reader, LogFilter filter) {
    this.dataSource = dataSource;
    this.reader = reader;
    this.filter = filter;
    this.next = Math.max(0, filter.afterIndex() + 1);
  }

  @Override
  public List<StoredEntry> next(Duration patience) {
    long giveUp = System.nanoTime() + patience.toNanos();
    try {
      Connection bell = listening();
      while (true) {
        List<StoredEntry> page = read();
        Duration left = Duration.ofNanos(giveUp - System.nanoTime());
        if (!page.isEmpty() || !left.isPositive()) {
          return page;
        }
        Bell.await(bell, reader.name(), left.compareTo(UNRUNG) < 0 ? left : UNRUNG);
      }
    } catch (SQLException e) {
      forget();
      throw new LedgerUnavailableException(
          "ledger %s can't be followed: %s".formatted(reader.name(), e.getMessage()), e);
    } catch (LedgerUnavailableException e) {
      forget();
      throw e;
    }
  }

  /** The next entries of what is there now, perhaps none. */
  private List<StoredEntry> read() {
    long size = reader.head().size();
    if (size < next) {
      throw new LedgerDamagedException(
          "ledger %s had %d entries and has %d now: entries were cut off, or the database was restored from an older backup; 'assay ledger verify' says more"
              .formatted(reader.name(), next, size));
    }
    while (next < size) {
      List<StoredEntry> page = reader.log(filter.withAfterIndex(next - 1).withBeforeIndex(size));
      next = page.size() < filter.limit() ? size : page.getLast().index() + 1;
      if (!page.isEmpty()) {
        return page;
      }
    }
    return List.of();
  }

  private Connection listening() throws SQLException {
    Connection known = listening;
    if (known != null) {
      return known;
    }
    Connection connection = dataSource.getConnection();
    try {
      Bell.listen(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    listening = connection;
    return connection;
  }

  /** Gives a connection back that may be broken. */
  private void forget() {
    Connection known = listening;
    listening = null;
    if (known == null) {
      return;
    }
    try (known) {
      Bell.unlisten(known);
    } catch (SQLException _) {
      // broken: the pool throws it away
    }
  }

  @Override
  public void close() {
    forget();
  }
}
