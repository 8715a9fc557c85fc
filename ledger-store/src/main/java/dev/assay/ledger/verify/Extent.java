package dev.assay.ledger.verify;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * How far to read. The head's size alone doesn't say: whoever writes a large one there would have
 * the verifier read for years.
 *
 * @param end where the last row that may belong to the head ends
 * @param rows where the last row of all ends
 */
record Extent(long end, long rows) {
  private static final String BEYOND =
      "SELECT count(*) FROM ledger.entries WHERE ledger = ? AND index >= ?";

  static Extent of(Snapshot snapshot, HeadRow head) throws SQLException {
    long rows = snapshot.lastIndex() + 1;
    long claimed = Math.max(0, head.size());
    return new Extent(
        rows <= claimed || isHeads(snapshot, head, claimed, rows) ? rows : claimed, rows);
  }

  /** Whether the head was once moved to the last row, without a gap. */
  private static boolean isHeads(Snapshot snapshot, HeadRow head, long claimed, long rows)
      throws SQLException {
    return snapshot
            .chainHash(rows - 1)
            .filter(chain -> Arrays.equals(chain, head.chainHash()))
            .isPresent()
        && snapshot.number(snapshot.coordinator(), BEYOND, claimed).orElse(0L) == rows - claimed;
  }
}
