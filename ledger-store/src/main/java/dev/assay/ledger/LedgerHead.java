package dev.assay.ledger;

import dev.assay.evidence.Checkpoint;
import dev.assay.model.digest.Sha256;
import java.time.Instant;

/**
 * Where a ledger ends.
 *
 * @param origin {@code assay/<name>/<uuid>}, unique in the world
 * @param size number of entries
 * @param root RFC 6962 tree hash over all leaves
 * @param chainHash of the last entry; zeros for none
 * @param recorded when the last entry was committed
 */
public record LedgerHead(
    String origin, long size, Sha256 root, Sha256 chainHash, Instant recorded) {

  /** What a signer signs. */
  public Checkpoint checkpoint() {
    return new Checkpoint(origin, size, root);
  }
}
