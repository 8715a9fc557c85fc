package dev.assay.worker.storage;

import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a superuser can do who knows how the hashes are made: a ledger of one entry gets another
 * past, and nothing inside it disagrees.
 *
 * @param url of the stores' database, with whatever else the URL says
 */
record LedgerRewriting(EmbeddedPostgres server, String url) {
  void rewriteTheOnlyEntry(Storage storage, String ledger) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            url.replaceFirst("[?].*", ""), server.adminUser(), server.adminPassword())) {
      triggers(connection, "DISABLE");
      update(
          connection, "UPDATE ledger.entries SET outcome = 'rewritten' WHERE ledger = ?", ledger);
      StoredEntry entry = storage.reader(ledger).entry(0).orElseThrow();
      byte[] leaf = PlainEntry.leafHash(PlainEntry.of(ledger, entry).encode()).bytes();
      byte[] chain = new EntryHashes().chain(EntryHashes.chainStart(), leaf);
      update(
          connection,
          "UPDATE ledger.entries SET leaf_hash = ?, chain_hash = ? WHERE ledger = ?",
          leaf,
          chain,
          ledger);
      update(
          connection,
          "UPDATE ledger.heads SET edge = ?, chain_hash = ? WHERE ledger = ?",
          leaf,
          chain,
          ledger);
      triggers(connection, "ENABLE");
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("the ledger hasn't one entry");
      }
    }
  }

  private static void triggers(Connection connection, String what) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : new String[] {"entries", "heads"}) {
        statement.execute("ALTER TABLE ledger.%s %s TRIGGER ALL".formatted(table, what));
      }
    }
  }
}
