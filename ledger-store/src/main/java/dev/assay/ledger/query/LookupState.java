package dev.assay.ledger.query;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How far the projection is, as the database says.
 *
 * @param next entries below it are projected; {@link #DISTRUSTED} if the rows are being made again
 * @param size entries of the ledger
 */
record LookupState(long next, long size) {
  /** Not to be believed: who projects next deletes the rows and begins anew. */
  static final long DISTRUSTED = -1;

  private static final String STATE =
      """
      SELECT coalesce(s.next_index, 0), h.size
      FROM ledger.heads h LEFT JOIN ledger.lookup_state s ON s.ledger = h.ledger
      WHERE h.ledger = ?
      """;

  static LookupState read(Connection connection, String ledger) throws SQLException {
    return new Sql()
            .add(STATE, ledger)
            .list(connection, row -> new LookupState(row.getLong(1), row.getLong(2)))
            .stream()
            .findFirst()
            .orElse(new LookupState(0, 0));
  }

  /** Entries that the projection may be asked for; none if it claims more than there are. */
  long believed() {
    return trusted() ? next : 0;
  }

  boolean trusted() {
    return next >= 0 && next <= size;
  }
}
