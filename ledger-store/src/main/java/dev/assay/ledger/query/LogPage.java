package dev.assay.ledger.query;

import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one page of a log, all of it from one state of the database, so that a projection that is
 * made again meanwhile hides nothing.
 */
final class LogPage {
  private static final String RECORDED =
      "SELECT e.recorded FROM ledger.entries e WHERE e.ledger = ? AND e.index = ?";

  private final Connection connection;
  private final String ledger;

  LogPage(Connection connection, String ledger) {
    this.connection = connection;
    this.ledger = ledger;
  }

  /** A page; the connection is left as it came. */
  List<StoredEntry> read(LogFilter filter) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LookupQuery.SETTINGS);
      List<StoredEntry> page = page(filter, LookupState.read(connection, ledger));
      connection.commit();
      return page;
    }
  }

  private List<StoredEntry> page(LogFilter filter, LookupState state) throws SQLException {
    IndexRange range = range(filter, state.size());
    FilterTerms terms = FilterTerms.of(filter);
    // What isn't projected is read from the entries; without a condition, everything is.
    long projected = terms.any() ? state.believed() : 0;
    IndexRange old = range.below(projected);
    IndexRange recent = range.notBelow(projected);
    List<StoredEntry> page = new ArrayList<>();
    for (IndexRange part : filter.newestFirst() ? List.of(recent, old) : List.of(old, recent)) {
      int missing = filter.limit() - page.size();
      if (missing > 0 && !part.isEmpty()) {
        page.addAll(
            part.to() <= projected
                ? projected(terms, part, filter.newestFirst(), missing)
                : EntryQuery.list(
                    connection,
                    EntryQuery.scan(ledger, part, terms, filter.newestFirst(), missing)));
      }
    }
    return List.copyOf(page);
  }

  private List<StoredEntry> projected(
      FilterTerms terms, IndexRange range, boolean newestFirst, int limit) throws SQLException {
    LookupQuery lookup = new LookupQuery(ledger, terms);
    List<String> kinds = lookup.kinds(connection);
    if (kinds.isEmpty()) {
      return List.of();
    }
    Sql indexes = lookup.page(kinds, range, newestFirst, limit);
    return EntryQuery.list(connection, EntryQuery.named(ledger, indexes, newestFirst, limit));
  }

  private IndexRange range(LogFilter filter, long size) throws SQLException {
    long from = Math.max(0, filter.afterIndex() + 1);
    long to = Math.min(size, Math.max(0, filter.beforeIndex()));
    if (filter.since().isPresent()) {
      from = Math.max(from, firstSince(filter.since().get(), size));
    }
    if (filter.until().isPresent()) {
      to = Math.min(to, firstSince(filter.until().get(), size));
    }
    return new IndexRange(from, to);
  }

  /** Recorded times never go back, so their first index is found by halving. */
  private long firstSince(Instant since, long size) throws SQLException {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (recorded(middle).filter(time -> time.isBefore(since)).isPresent()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Optional<Instant> recorded(long index) throws SQLException {
    return new Sql()
        .add(RECORDED, ledger, index).list(connection, row -> EntryQuery.instant(row, 1)).stream()
            .findFirst();
  }
}
