package dev.assay.ledger.verify;

import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.entry.EntryHashes;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** What a superuser of the database can do, who knows how the hashes are made. */
final class Forger {
  private static final String COLUMNS =
      "kind, actor, subject, outcome, occurred, recorded, workflow_id, run_id, activity, payload, leaf_hash, chain_hash";

  private final LedgerDatabase database;
  private final String ledger;
  private final VerifierHashes hashes = new VerifierHashes();

  Forger(LedgerDatabase database, String ledger) {
    this.database = database;
    this.ledger = ledger;
  }

  Forger sql(String... statements) {
    database.tamper(statements);
    return this;
  }

  /** Changes an entry's content, and nothing else. */
  Forger edit(long index) {
    return set(index, "outcome = outcome || 'x'");
  }

  Forger set(long index, String assignment) {
    return sql(
        "UPDATE ledger.entries SET %s WHERE ledger = '%s' AND index = %d"
            .formatted(assignment, ledger, index));
  }

  Forger head(String assignment) {
    return sql("UPDATE ledger.heads SET %s WHERE ledger = '%s'".formatted(assignment, ledger));
  }

  Forger flip(long index, String column) {
    return set(index, "%1$s = set_byte(%1$s, 3, get_byte(%1$s, 3) # 1)".formatted(column));
  }

  Forger delete(long from, long to) {
    return sql(
        "DELETE FROM ledger.entries WHERE ledger = '%s' AND index BETWEEN %d AND %d"
            .formatted(ledger, from, to));
  }

  /** Moves all rows from {@code from} on by so many places. */
  Forger shift(long from, int by) {
    return sql(
        "UPDATE ledger.entries SET index = index + 10000000 WHERE ledger = '%s' AND index >= %d"
            .formatted(ledger, from),
        "UPDATE ledger.entries SET index = index - 10000000 + %d WHERE ledger = '%s' AND index >= 10000000"
            .formatted(by, ledger));
  }

  Forger withoutKeyIndex() {
    return sql("ALTER TABLE ledger.entries DROP CONSTRAINT entries_key");
  }

  Forger withoutIndexes() {
    return sql(
        "ALTER TABLE ledger.entries DROP CONSTRAINT entries_key",
        "ALTER TABLE ledger.entries DROP CONSTRAINT entries_index");
  }

  /** Copies a row to another place, under a key given as SQL. */
  Forger copy(long from, long to, String key) {
    return sql(
        "INSERT INTO ledger.entries SELECT ledger, %d, %s, %s FROM ledger.entries WHERE ledger = '%s' AND index = %d"
            .formatted(to, key, COLUMNS, ledger, from));
  }

  /** Rows change places, with their hashes. */
  Forger swap(long one, long other) {
    return set(one, "index = index + 10000000")
        .set(other, "index = " + one)
        .set(one + 10_000_000, "index = " + other);
  }

  /** Contents change places, the hashes stay. */
  Forger swapContents(long one, long other) {
    String keep =
        "UPDATE ledger.entries e SET leaf_hash = p.leaf_hash, chain_hash = p.chain_hash FROM pristine.entries p WHERE p.index = e.index AND e.index IN (%d, %d)";
    return swap(one, other).sql(keep.formatted(one, other));
  }

  /** Gives one row the leaf hash of its content. */
  Forger leaf(long index) {
    return rehash(index, index, true, false);
  }

  /** Gives one row the leaf hash of its content and a chain hash that follows from before. */
  Forger leafAndChain(long index) {
    return rehash(index, index, true, true);
  }

  /** All leaf and chain hashes from here to the end. */
  Forger hashesToTheEnd(long from) {
    return rehash(from, Long.MAX_VALUE - 1, true, true);
  }

  private Forger rehash(long from, long to, boolean leaves, boolean chains) {
    try (Connection connection = database.admin().getConnection()) {
      List<Long> indexes = new ArrayList<>();
      List<byte[]> newLeaves = new ArrayList<>();
      List<byte[]> newChains = new ArrayList<>();
      connection.setAutoCommit(false);
      byte[] chain = EntryHashes.chainStart();
      try (EntryStream rows = new EntryStream(connection, ledger, Math.max(0, from - 1), to + 1)) {
        for (EntryRow row = rows.next(); row != null; row = rows.next()) {
          if (row.index() < from) {
            chain = row.chainHash();
            continue;
          }
          byte[] leaf = new byte[VerifierHashes.BYTES];
          hashes.leaf(row.encoded(), row.encode(row.index()), leaf, 0);
          hashes.chain(chain, leaf, 0, chain);
          indexes.add(row.index());
          newLeaves.add(leaves ? leaf : row.leafHash());
          newChains.add(chains ? chain.clone() : row.chainHash());
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              UPDATE ledger.entries e SET leaf_hash = u.leaf, chain_hash = u.chain
              FROM unnest(?::bigint[], ?::bytea[], ?::bytea[]) AS u (index, leaf, chain)
              WHERE e.ledger = ? AND e.index = u.index
              """)) {
        update.setArray(1, connection.createArrayOf("bigint", indexes.toArray()));
        update.setArray(2, connection.createArrayOf("bytea", newLeaves.toArray(byte[][]::new)));
        update.setArray(3, connection.createArrayOf("bytea", newChains.toArray(byte[][]::new)));
        update.setString(4, ledger);
        update.executeUpdate();
      }
      connection.commit();
      return this;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes all tiles anew from the stored leaf hashes. */
  Forger tiles() {
    sql("DELETE FROM ledger.tiles WHERE ledger = '%s'".formatted(ledger));
    List<byte[]> nodes = column("SELECT leaf_hash FROM ledger.entries ORDER BY index");
    for (int level = 0; nodes.size() >= 256; level++) {
      List<byte[]> above = new ArrayList<>();
      for (int tile = 0; tile < nodes.size() / 256; tile++) {
        above.add(write(level, tile, nodes.subList(256 * tile, 256 * tile + 256)));
      }
      nodes = above;
    }
    return this;
  }

  /** Writes the tiles of level 0 anew, those above stay. */
  Forger tilesOfLevel0() {
    return tiles()
        .sql(
            "DELETE FROM ledger.tiles WHERE level > 0",
            "INSERT INTO ledger.tiles SELECT * FROM pristine.tiles WHERE level > 0");
  }

  /** Inserts a tile over these hashes; returns its root. */
  byte[] write(int level, long index, List<byte[]> nodes) {
    ByteArrayOutputStream tile = new ByteArrayOutputStream();
    nodes.forEach(tile::writeBytes);
    byte[] root = hashes.fold(tile.toByteArray(), 256);
    sql(
        "INSERT INTO ledger.tiles VALUES ('%s', %d, %d, '\\x%s', '\\x%s')"
            .formatted(
                ledger,
                level,
                index,
                HexFormat.of().formatHex(tile.toByteArray()),
                HexFormat.of().formatHex(root)));
    return root;
  }

  /** Changes one hash of a tile, and its root so that it fits. */
  Forger consistentTile(int level, long index, int position) {
    byte[] tile =
        column(
                "SELECT hashes FROM ledger.tiles WHERE level = %d AND index = %d"
                    .formatted(level, index))
            .getFirst();
    List<byte[]> nodes = new ArrayList<>();
    for (int at = 0; at < tile.length; at += 32) {
      nodes.add(Arrays.copyOfRange(tile, at, at + 32));
    }
    nodes.get(position)[5] ^= 1;
    sql("DELETE FROM ledger.tiles WHERE level = %d AND index = %d".formatted(level, index));
    write(level, index, nodes);
    return this;
  }

  /** Moves the head to the rows as they are. */
  Forger head() {
    Peaks peaks = new Peaks(hashes);
    List<byte[]> leaves = column("SELECT leaf_hash FROM ledger.entries ORDER BY index");
    leaves.forEach(leaf -> peaks.add(0, leaf));
    byte[] chain =
        leaves.isEmpty()
            ? EntryHashes.chainStart()
            : column("SELECT chain_hash FROM ledger.entries ORDER BY index DESC LIMIT 1")
                .getFirst();
    return head(
        "size = %d, chain_hash = '\\x%s', edge = '\\x%s', recorded = coalesce((SELECT e.recorded FROM ledger.entries e ORDER BY e.index DESC LIMIT 1), created)"
            .formatted(
                leaves.size(),
                HexFormat.of().formatHex(chain),
                HexFormat.of().formatHex(peaks.encode())));
  }

  /** Sets the head back to an earlier state of its own, rows and tiles stay. */
  Forger headOf(int size) {
    Peaks peaks = new Peaks(hashes);
    column("SELECT leaf_hash FROM ledger.entries ORDER BY index LIMIT " + size)
        .forEach(leaf -> peaks.add(0, leaf));
    return head(
        "size = %1$d, edge = '\\x%2$s', (chain_hash, recorded) = (SELECT e.chain_hash, e.recorded FROM ledger.entries e WHERE e.index = %1$d - 1)"
            .formatted(size, HexFormat.of().formatHex(peaks.encode())));
  }

  /** Gives a tile without entries below it a root that fits its hashes. */
  Forger extraTile(int level, long index) {
    write(level, index, Collections.nCopies(256, new byte[32]));
    return this;
  }

  private List<byte[]> column(String select) {
    try (Connection connection = database.admin().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(select)) {
      List<byte[]> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getBytes(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
