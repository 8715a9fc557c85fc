package dev.assay.worker.storage;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.ConsistencyCheck;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.proof.TreeProofs;
import javax.sql.DataSource;

/**
 * Asks the tiles of a ledger's database; two reads a level. The database may lie: only a proof
 * between both signed roots counts.
 */
record TreeConsistency(DataSource database, String ledger) implements ConsistencyCheck {
  /**
   * {@inheritDoc}
   *
   * @throws dev.assay.ledger.LedgerException if the ledger can't be read, or has less than the
   *     newer checkpoint covers
   */
  @Override
  public boolean isExtended(Checkpoint before, Checkpoint now) {
    return new TreeProofs(Ledgers.tiles(database, ledger))
        .consistency(before.size(), now.size())
        .proves(before.root(), now.root());
  }
}
