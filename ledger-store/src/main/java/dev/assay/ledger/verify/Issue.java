package dev.assay.ledger.verify;

/**
 * One finding.
 *
 * @param index first entry concerned; −1 if no entry is
 * @param to last entry concerned
 * @param detail where, what was expected, what was found
 */
public record Issue(IssueKind kind, long index, long to, String detail) {
  static Issue at(IssueKind kind, long index, String detail) {
    return new Issue(kind, index, index, detail);
  }

  static Issue whole(IssueKind kind, String detail) {
    return new Issue(kind, -1, -1, detail);
  }

  /** The next step, one sentence. */
  public String remediation() {
    return kind.remediation();
  }
}
