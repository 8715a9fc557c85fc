package dev.assay.ledger.verify;

/**
 * One finding.
 *
 * @param index first entry concerned; −1 if no entry is
 * @param to last entry concerned
 * @param detail where, what was expected, what was found
 * @param remediation the next step for this very finding, with the entries, hashes, files or
 *     statements that it needs
 */
public record Issue(IssueKind kind, long index, long to, String detail, String remediation) {
  public Issue(IssueKind kind, long index, long to, String detail) {
    this(kind, index, to, detail, Advice.of(kind, index, to));
  }

  static Issue at(IssueKind kind, long index, String detail) {
    return new Issue(kind, index, index, detail);
  }

  static Issue whole(IssueKind kind, String detail) {
    return new Issue(kind, -1, -1, detail);
  }

  Issue withAdvice(String advice) {
    return new Issue(kind, index, to, detail, advice);
  }
}
