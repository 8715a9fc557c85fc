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
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads from PostgreSQL, one connection a call. */
public final class PostgresLedgerReader implements LedgerReader {
  private static final String HEAD =
      "SELECT origin, size, edge, chain_hash, recorded FROM ledger.heads WHERE ledger = ?";

  private static final String ENTRIES =
      "SELECT EXISTS (SELECT FROM ledger.entries WHERE ledger = ?)";

  private static final String NAMES =
      "SELECT ledger FROM ledger.heads ORDER BY ledger COLLATE \"C\"";

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
    return one(EntryQuery.of(name).add(" AND e.index = ?", index));
  }

  @Override
  public Optional<StoredEntry> entryByKey(String key) {
    return one(EntryQuery.of(name).add(" AND e.key = ?", key));
  }

  @Override
  public List<StoredEntry> entriesByKeys(List<String> keys) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "%d keys; ask for at most %d at once".formatted(keys.size(), MAX_KEYS));
    }
    return keys.isEmpty() ? List.of() : ask(connection -> byKeys(connection, keys));
  }

  private List<StoredEntry> byKeys(Connection connection, List<String> keys) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LookupQuery.SETTINGS);
      Object array = connection.createArrayOf("text", keys.toArray());
      List<StoredEntry> found =
          EntryQuery.list(
              connection,
              EntryQuery.of(name).add(" AND e.key = ANY(?::text[]) ORDER BY e.index", array));
      connection.commit();
      return found;
    }
  }

  private Optional<StoredEntry> one(Sql sql) {
    return ask(connection -> EntryQuery.list(connection, sql)).stream().findFirst();
  }

  @Override
  public List<StoredEntry> log(LogFilter filter) {
    return ask(connection -> new LogPage(connection, name).read(filter));
  }

  private Optional<LedgerHead> readHead(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          requireNoEntries(connection);
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

  /** Entries without a head: that is no ledger that was never made. */
  private void requireNoEntries(Connection connection) throws SQLException {
    boolean entries =
        new Sql().add(ENTRIES, name).list(connection, row -> row.getBoolean(1)).getFirst();
    if (entries) {
      throw new LedgerDamagedException(
          "ledger %s has entries and no head row: somebody deleted it. Nothing is appended without it; 'assay ledger verify' names the statement that repairs it"
              .formatted(name));
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

  /** The ledgers of a database, by name. */
  public static List<String> names(DataSource dataSource) {
    return new PostgresLedgerReader(dataSource, "of any name")
        .ask(connection -> new Sql().add(NAMES).list(connection, row -> row.getString(1)));
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
