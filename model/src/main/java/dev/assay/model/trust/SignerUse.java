package dev.assay.model.trust;

import java.util.Locale;

/** What a service's signature is good for. */
public enum SignerUse {
  /** Results of shards. */
  RESULTS,
  /** Checkpoints of a ledger. */
  CHECKPOINTS,
  /** Pointers to promoted models. */
  POINTERS;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
