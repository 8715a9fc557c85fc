package dev.assay.ledger.verify;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Rows of a range, in the order of their index, as fast as PostgreSQL sends them. */
final class EntryStream implements AutoCloseable {
  /** Signature, flags and length of the extension. */
  private static final int HEADER_BYTES = 19;

  private final CopyOut copy;
  private final EntryRow row;
  private boolean begun;

  EntryStream(Connection connection, String ledger, long from, long to) throws SQLException {
    // COPY takes no parameters; the name's form was checked, quotes are doubled all the same.
    String sql =
        "COPY (SELECT %s FROM ledger.entries WHERE ledger = '%s' AND index >= %d AND index < %d ORDER BY index) TO STDOUT (FORMAT binary)"
            .formatted(EntryRow.SELECT_LIST, ledger.replace("'", "''"), from, to);
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    this.row = new EntryRow(ledger);
  }

  /** The next row, valid until the next call; null at the end. */
  @Nullable EntryRow next() throws SQLException {
    byte[] message = copy.readFromCopy();
    while (message != null) {
      int at = begun ? 0 : HEADER_BYTES;
      begun = true;
      if (message.length > at && row.parse(message, at)) {
        return row;
      }
      message = copy.readFromCopy();
    }
    return null;
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
