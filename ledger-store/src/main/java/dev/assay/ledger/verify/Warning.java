package dev.assay.ledger.verify;

/**
 * Something beside the entries isn't as they have it. It says nothing against them, so it changes
 * no status.
 *
 * @param detail what was expected, what was found
 * @param remediation the next step
 */
public record Warning(Kind kind, String detail, String remediation) {
  /** What is wrong. */
  public enum Kind {
    /** The projection that finds entries leaves some out, or finds them under other values. */
    LOOKUPS_DIFFER,
    /** A service signed that the Trust document doesn't name for it, though it names others. */
    SIGNER_NOT_NAMED
  }
}
