package dev.assay.ledger.query;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.tree.RightEdge;
import dev.assay.model.digest.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads from PostgreSQL, one connection a call. */
public final class PostgresLedgerReader implements LedgerReader {
  private static final String HEAD =
      "SELECT origin, size, edge, chain_hash, recorded FROM ledger.heads WHERE ledger = ?";

  private static final String RECORDED =
      "SELECT recorded FROM ledger.entries WHERE ledger = ? AND index = ?";

  /** SQLSTATE undefined_table. */
  private static final String NO_TABLE = "42P01";

  private final DataSource dataSource;
  private final String name;

  /** A reader of the ledger of this name, which need not exist yet. */
  public PostgresLedgerReader(DataSource dataSource, String name) {
    this.dataSource = dataSource;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  /** The head, if the ledger exists. */
  public Optional<LedgerHead> findHead() {
    return ask(connection -> readHead(connection));
  }

  @Override
  public LedgerHead head() {
    return findHead()
        .orElseThrow(
            () ->
                new LedgerNotFoundException(
                    "no ledger %s in this database; it is made by the first command that appends"
                        .formatted(name)));
  }

  @Override
  public Optional<StoredEntry> entry(long index) {
    EntryQuery query = new EntryQuery(name).and("e.index = ?", index).limit(1);
    return ask(query::list).stream().findFirst();
  }

  @Override
  public Optional<StoredEntry> entryByKey(String key) {
    EntryQuery query = new EntryQuery(name).and("e.key = ?", key).limit(1);
    return ask(query::list).stream().findFirst();
  }

  @Override
  public List<StoredEntry> log(LogFilter filter) {
    return ask(connection -> log(connection, filter));
  }

  private List<StoredEntry> log(Connection connection, LogFilter filter) throws SQLException {
    long from = Math.max(0, filter.afterIndex() + 1);
    if (filter.since().isPresent()) {
      from = Math.max(from, firstRecordedSince(connection, filter.since().get()));
    }
    if (!FilterTerms.any(filter)) {
      return new EntryQuery(name).and("e.index >= ?", from).limit(filter.limit()).list(connection);
    }
    long projected = Projection.nextIndex(connection, name);
    List<StoredEntry> found = new ArrayList<>();
    if (from < projected) {
      EntryQuery old = new EntryQuery(name).joinLookup();
      old.and("l.index >= ?", from).and("l.index < ?", projected);
      FilterTerms.add(old, filter, "l");
      found.addAll(old.limit(filter.limit()).list(connection));
    }
    if (found.size() < filter.limit()) {
      EntryQuery tail = new EntryQuery(name).and("e.index >= ?", Math.max(from, projected));
      FilterTerms.add(tail, filter, "e");
      found.addAll(tail.limit(filter.limit() - found.size()).list(connection));
    }
    return List.copyOf(found);
  }

  /** Recorded times never go back, so their first index is found by halving. */
  private long firstRecordedSince(Connection connection, Instant since) throws SQLException {
    long low = 0;
    long high = readHead(connection).map(LedgerHead::size).orElse(0L);
    try (PreparedStatement statement = connection.prepareStatement(RECORDED)) {
      statement.setString(1, name);
      while (low < high) {
        long middle = (low + high) >>> 1;
        statement.setLong(2, middle);
        try (ResultSet rows = statement.executeQuery()) {
          boolean before =
              rows.next()
                  && rows.getObject(1, OffsetDateTime.class)
                      .isBefore(since.atOffset(ZoneOffset.UTC));
          if (before) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
      }
    }
    return low;
  }

  private Optional<LedgerHead> readHead(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(head(rows));
      } catch (IllegalArgumentException e) {
        throw new LedgerDamagedException(
            "the head of ledger %s contradicts itself (%s): somebody edited it; 'assay ledger verify' says what else, then restore it from a backup"
                .formatted(name, e.getMessage()),
            e);
      }
    }
  }

  private static LedgerHead head(ResultSet rows) throws SQLException {
    long size = rows.getLong(2);
    return new LedgerHead(
        rows.getString(1),
        size,
        RightEdge.decode(new EntryHashes(), size, rows.getBytes(3)).root(),
        Sha256.ofBytes(rows.getBytes(4)),
        rows.getObject(5, OffsetDateTime.class).toInstant());
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = dataSource.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      if (NO_TABLE.equals(e.getSQLState())) {
        throw new LedgerNotFoundException(
            "no ledger schema in this database; run `assay db migrate`", e);
      }
      throw new LedgerUnavailableException("ledger %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
