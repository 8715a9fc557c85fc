package dev.assay.worker.bundle;

/**
 * Something in a bundle that isn't what it should be.
 *
 * @param where a file of the bundle, or a file and a line
 * @param index the entry that it is about, −1 for none
 */
public record BundleIssue(Kind kind, String where, long index, String detail) {
  /** What is wrong, and what to do about it. */
  public enum Kind {
    /** A file isn't there, is there twice, isn't known, or isn't what the manifest says. */
    BUNDLE_DAMAGED("ask for the bundle again; compare its SHA-256 with the sender's"),
    /** The ledger's key didn't sign the checkpoint as it stands. */
    CHECKPOINT_FORGED(
        "don't trust this bundle; compare its checkpoint with what the owner published"),
    /** Another key signed the checkpoint. */
    KEY_SUBSTITUTED("ask the ledger's owner, on another way, which key is theirs"),
    /** An entry isn't in the signed tree, or not where it says. */
    ENTRY_EDITED("the entry was changed or never recorded; ask the owner for 'assay ledger prove'"),
    /** A document isn't the one that the ledger knows by this digest. */
    EVIDENCE_EDITED("the document was changed; the digest in the ledger is right"),
    /** A recorded verdict isn't what its findings decide. */
    VERDICT_FORGED(
        "the ledger recorded a verdict that its own findings contradict; ask who signed it"),
    /** The key that a decision names didn't sign it, or signed something else. */
    DECISION_UNSUPPORTED(
        "keep the run out; ask whose key it is whether they signed, and who appended the entry"),
    /** The sealed outcome root isn't that of the plan and its verdicts. */
    OUTCOME_FORGED(
        "the sealed outcome isn't that of these runs and findings; ask for a reproduction");

    private final String remediation;

    Kind(String remediation) {
      this.remediation = remediation;
    }
  }

  static BundleIssue of(Kind kind, String where, String detail) {
    return new BundleIssue(kind, where, -1, detail);
  }

  /** The next step, one sentence. */
  public String remediation() {
    return kind.remediation;
  }
}
