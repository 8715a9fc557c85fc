package dev.assay.ledger.query;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.proof.TileSource;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Tiles of a ledger. Full ones are rows; hashes of unfinished ones are gathered from the entries
 * and from the tiles below. All of them are immutable, so no transaction is needed. Safe for use by
 * several threads.
 */
public final class PostgresTiles implements TileSource {
  private static final int WIDTH = 256;
  private static final int BYTES = 32;

  private static final String FULL =
      "SELECT hashes FROM ledger.tiles WHERE ledger = ? AND level = ? AND index = ?";

  private static final String LEAVES =
      """
      SELECT leaf_hash FROM ledger.entries
      WHERE ledger = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private static final String ROOTS =
      """
      SELECT root FROM ledger.tiles
      WHERE ledger = ? AND level = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private final DataSource dataSource;
  private final String ledger;

  public PostgresTiles(DataSource dataSource, String ledger) {
    this.dataSource = dataSource;
    this.ledger = ledger;
  }

  @Override
  public byte[] hashes(int level, long index, int width) {
    try (Connection connection = dataSource.getConnection()) {
      byte[] hashes =
          width == WIDTH
              ? full(connection, level, index)
              : partial(connection, level, index * WIDTH, width);
      if (hashes.length != BYTES * width) {
        throw new LedgerDamagedException(
            "ledger %s: tile %d of level %d has %d hashes, its size promises %d. Run 'assay ledger verify', which names what is wrong"
                .formatted(ledger, index, level, hashes.length / BYTES, width));
      }
      return hashes;
    } catch (SQLException e) {
      throw new LedgerUnavailableException("ledger %s: %s".formatted(ledger, e.getMessage()), e);
    }
  }

  private byte[] full(Connection connection, int level, long index) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FULL)) {
      statement.setString(1, ledger);
      statement.setInt(2, level);
      statement.setLong(3, index);
      return concatenated(statement);
    }
  }

  private byte[] partial(Connection connection, int level, long first, int width)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(level == 0 ? LEAVES : ROOTS)) {
      int parameter = 1;
      statement.setString(parameter++, ledger);
      if (level > 0) {
        statement.setInt(parameter++, level - 1);
      }
      statement.setLong(parameter++, first);
      statement.setLong(parameter, first + width);
      return concatenated(statement);
    }
  }

  private static byte[] concatenated(PreparedStatement statement) throws SQLException {
    ByteArrayOutputStream hashes = new ByteArrayOutputStream(WIDTH * BYTES);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        hashes.writeBytes(rows.getBytes(1));
      }
    }
    return hashes.toByteArray();
  }
}
