package dev.assay.ledger.verify;

import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.entry.EntryHashes;
import java.sql.SQLException;
import java.util.Optional;

/** What stands in for a head row that is gone: where the rows end, and whose they are. */
final class LostHead {
  private static final String COUNT =
      "SELECT count(*) FROM ledger.entries WHERE ledger = ? AND index >= 0";

  /** Rows may be missing, too; who puts one row far away must not have the verifier look there. */
  private static final int MISSING = 1_000_000;

  private LostHead() {}

  /**
   * What the rows and the checkpoints say.
   *
   * @throws LedgerNotFoundException if nothing says that this ledger ever was
   */
  static HeadRow of(Snapshot snapshot, Pins pins) throws SQLException {
    long rows = snapshot.endOfRows();
    String beginning = "assay/%s/".formatted(snapshot.ledger());
    Optional<String> signed =
        pins.trusted().stream()
            .map(anchor -> anchor.checkpoint().origin())
            .filter(origin -> origin.startsWith(beginning))
            .reduce((_, last) -> last);
    if (rows == 0 && signed.isEmpty()) {
      throw new LedgerNotFoundException(
          "no ledger %s in this database; check --ledger and the database's address"
              .formatted(snapshot.ledger()));
    }
    String origin = signed.isPresent() ? signed.get() : snapshot.firstOrigin().orElse("");
    long count = snapshot.number(snapshot.coordinator(), COUNT).orElse(0L);
    long size = rows - count <= MISSING ? rows : count;
    return new HeadRow(
        origin, size, snapshot.chainHash(size - 1).orElseGet(EntryHashes::chainStart), new byte[0]);
  }
}
