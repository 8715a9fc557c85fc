package dev.assay.ledger.verify;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Where the ledger ends.
 *
 * @param stored the head row; what stands in for it if it is gone
 * @param there whether there is one
 * @param head by which the entries are judged: the stored one, or that which they give themselves
 *     where the stored one is gone or contradicted
 * @param contradiction what proves that the stored one isn't where the entries end
 */
record Ending(HeadRow stored, boolean there, HeadRow head, Optional<String> contradiction) {
  static Ending of(HeadRow stored, boolean there, Pass pass, Optional<String> contradiction)
      throws SQLException {
    boolean byRows = !there || contradiction.isPresent();
    return new Ending(stored, there, byRows ? pass.head(stored.origin()) : stored, contradiction);
  }
}
