package dev.assay.ledger;

import dev.assay.ledger.append.PostgresLedger;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.proof.TileSource;
import dev.assay.ledger.query.Follower;
import dev.assay.ledger.query.PostgresLedgerReader;
import dev.assay.ledger.query.PostgresLookups;
import dev.assay.ledger.query.PostgresTiles;
import dev.assay.ledger.query.Projector;
import dev.assay.model.json.JsonValue.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Opens ledgers in PostgreSQL; {@link LedgerSchema} makes their tables. */
public final class Ledgers {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  private static final String CREATE =
      """
      INSERT INTO ledger.heads (ledger, origin, chain_hash)
      SELECT v.* FROM (VALUES (?, ?, ?::bytea)) v (ledger, origin, chain_hash)
      WHERE NOT EXISTS (SELECT FROM ledger.entries e WHERE e.ledger = v.ledger)
      ON CONFLICT (ledger) DO NOTHING
      """;

  private Ledgers() {}

  /** As {@link #openOrCreate(DataSource, String, LedgerOptions)} with the default bounds. */
  public static Ledger openOrCreate(DataSource dataSource, String name) {
    return openOrCreate(dataSource, name, LedgerOptions.DEFAULT);
  }

  /**
   * Opens a ledger for appending. One that isn't there is created: its origin is {@code
   * assay/<name>/<random UUID>}, its entry 0 {@code ledger.created}.
   *
   * @param dataSource a pool with room for two connections of this ledger; role {@code
   *     assay_writer} suffices
   * @param name lower-case letters, digits, {@code . _ -}; at most 63 characters
   * @throws LedgerNotFoundException if the schema isn't there
   * @throws LedgerDamagedException if there are entries without a head row: a new one would hide
   *     whose they are
   * @throws LedgerUnavailableException if the database can't be asked
   */
  public static Ledger openOrCreate(DataSource dataSource, String name, LedgerOptions options) {
    requireName(name);
    PostgresLedgerReader reader = new PostgresLedgerReader(dataSource, name);
    LedgerHead head =
        reader
            .findHead()
            .orElseGet(
                () -> {
                  create(dataSource, name);
                  return reader.head();
                });
    PostgresLedger ledger = open(dataSource, reader, options);
    if (head.size() == 0) {
      // Every process that finds the ledger empty appends this first; the key makes it one entry.
      try {
        var _ = ledger.appendUnchecked(List.of(created(head)));
      } catch (LedgerException e) {
        ledger.close(); // nobody else would end its threads
        throw e;
      }
    }
    return ledger;
  }

  /** Opens a ledger for reading; role {@code assay_reader} suffices. */
  public static LedgerReader reader(DataSource dataSource, String name) {
    return new PostgresLedgerReader(dataSource, requireName(name));
  }

  /**
   * The tree of a ledger, for proofs of any size up to the present one; role {@code assay_reader}
   * suffices. Reading it verifies nothing: check what comes out against a signed checkpoint.
   */
  public static TileSource tiles(DataSource dataSource, String name) {
    return new PostgresTiles(dataSource, requireName(name));
  }

  /** The projection of a ledger; looking at it needs role {@code assay_reader} alone. */
  public static LedgerLookups lookups(DataSource dataSource, String name) {
    return new PostgresLookups(dataSource, reader(dataSource, name));
  }

  /**
   * Follows a ledger, role {@code assay_reader} suffices. Holds one connection, which must not come
   * from a pool that shares sessions between transactions: there it is told nothing, and looks
   * every 5 s.
   *
   * @param filter which entries, after which index, and most entries a page; not newest first
   */
  public static LedgerFollower follow(DataSource dataSource, String name, LogFilter filter) {
    return new Follower(dataSource, reader(dataSource, name), filter);
  }

  /**
   * The ledgers of a database, by name.
   *
   * @throws LedgerNotFoundException if the schema isn't there
   */
  public static List<String> names(DataSource dataSource) {
    return PostgresLedgerReader.names(dataSource);
  }

  private static PostgresLedger open(
      DataSource dataSource, PostgresLedgerReader reader, LedgerOptions options) {
    if (!options.projection()) {
      return new PostgresLedger(dataSource, reader, options, () -> {}, () -> {});
    }
    Projector projector = new Projector(dataSource, reader.name()).start();
    return new PostgresLedger(dataSource, reader, options, projector::wake, projector::close);
  }

  private static NewEntry created(LedgerHead head) {
    return new NewEntry(
        "ledger/created",
        EntryKind.LEDGER_CREATED,
        "assay",
        head.origin(),
        "created",
        head.recorded(),
        Correlation.NONE,
        JsonObject.EMPTY.with("entry", "assay/entry/v1").with("origin", head.origin()));
  }

  private static void create(DataSource dataSource, String name) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(CREATE)) {
      statement.setString(1, name);
      statement.setString(2, "assay/%s/%s".formatted(name, UUID.randomUUID()));
      statement.setBytes(3, EntryHashes.chainStart());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new LedgerUnavailableException(
          "ledger %s can't be created: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * A ledger's name.
   *
   * @throws IllegalArgumentException if it can't be one
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "ledger name '%s': expected 1 to 63 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit"
              .formatted(name));
    }
    return name;
  }
}
