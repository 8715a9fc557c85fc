package dev.assay.ledger;

import dev.assay.model.digest.Sha256;

/**
 * The key is taken by an entry of other content. The conflict itself is on record as an {@code
 * append.conflict} entry; what is on record under the key stays as it is. Never retry.
 */
public final class IdempotencyConflictException extends LedgerException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final long firstIndex;

  /** Content {@code offered} came under a key whose content is {@code recorded}. */
  public IdempotencyConflictException(
      String key, long firstIndex, Sha256 recorded, Sha256 offered) {
    super(
        "key %s belongs to entry %d with content %s; other content %s was offered and refused. Look at the entry with `ledger show %d`; a new fact needs a new key"
            .formatted(key, firstIndex, recorded.abbreviated(), offered.abbreviated(), firstIndex));
    this.key = key;
    this.firstIndex = firstIndex;
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** Index of the entry that has the key. */
  public long firstIndex() {
    return firstIndex;
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
