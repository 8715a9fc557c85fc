package dev.assay.ledger.verify;

/**
 * Something that is made from the ledger isn't what the entries give. It says nothing against the
 * entries, so it changes no status.
 *
 * @param detail what was expected, what was found
 * @param remediation the next step
 */
public record Warning(Kind kind, String detail, String remediation) {
  /** What is wrong. */
  public enum Kind {
    /** The projection that finds entries leaves some out, or finds them under other values. */
    LOOKUPS_DIFFER
  }
}
