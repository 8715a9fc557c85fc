package dev.assay.ledger.verify;

import java.sql.SQLException;

/**
 * How far to read. The head's size alone doesn't say: whoever writes a large one there would have
 * the verifier read for years.
 *
 * @param end where the last row ends that may be the ledger's: rows behind the head's end may, if
 *     none is missing among them
 * @param rows where the last row of all ends
 */
record Extent(long end, long rows) {
  private static final String BEYOND =
      "SELECT count(*) FROM ledger.entries WHERE ledger = ? AND index >= ?";

  static Extent of(Snapshot snapshot, HeadRow head) throws SQLException {
    long rows = snapshot.endOfRows();
    long claimed = Math.max(0, head.size());
    return new Extent(
        rows <= claimed || withoutGap(snapshot, claimed, rows) ? rows : claimed, rows);
  }

  private static boolean withoutGap(Snapshot snapshot, long claimed, long rows)
      throws SQLException {
    return snapshot.number(snapshot.coordinator(), BEYOND, claimed).orElse(0L) == rows - claimed;
  }
}
