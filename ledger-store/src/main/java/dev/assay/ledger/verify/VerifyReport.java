package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found.
 *
 * @param origin as the database says; empty if it can't be read
 * @param size entries by the head row, by the rows if it is gone; 0 if neither can be read
 * @param root recomputed from the entries; empty if they don't make a whole tree
 * @param issues at most {@link #MAX_ISSUES}, by place
 * @param moreIssues whether there were more
 * @param unread what could not be read; not empty means never INTACT
 * @param anchors pinned checkpoints that verify and agree, largest last
 * @param restsOn what the entries before its size rest on, as they were not read; empty if all were
 * @param warnings what is wrong beside the ledger; changes no status
 * @param entriesRead rows that were read and recomputed
 */
public record VerifyReport(
    String ledger,
    String origin,
    long size,
    Optional<Sha256> root,
    List<Issue> issues,
    boolean moreIssues,
    List<UnreadRange> unread,
    List<TrustedCheckpoint> anchors,
    Optional<TrustedCheckpoint> restsOn,
    List<Warning> warnings,
    long entriesRead,
    Duration took) {
  /** Most issues of a report. */
  public static final int MAX_ISSUES = 1_000;

  public VerifyReport {
    issues = List.copyOf(issues);
    unread = List.copyOf(unread);
    anchors = List.copyOf(anchors);
    warnings = List.copyOf(warnings);
  }

  /** Nothing could be read for want of tables or columns. */
  static VerifyReport unreadable(String ledger, List<Issue> issues) {
    return new VerifyReport(
        ledger,
        "",
        0,
        Optional.empty(),
        issues,
        false,
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        0,
        Duration.ZERO);
  }

  /** The same with what the comparison of histories found. */
  public VerifyReport with(HistoryReport histories) {
    return with(histories.issues(), histories.mismatched());
  }

  /** The same with what was found outside the database. */
  public VerifyReport with(List<Issue> outside) {
    return with(outside, outside.size());
  }

  /** Of {@code count} findings these are told. */
  private VerifyReport with(List<Issue> told, long count) {
    List<Issue> all = Stream.concat(issues.stream(), told.stream()).limit(MAX_ISSUES).toList();
    boolean more = moreIssues || issues.size() + count > all.size();
    return with(all, more, unread);
  }

  /** The same with what deriving the results again found. */
  public VerifyReport with(RecomputeReport results) {
    return and(results.issues(), results.moreIssues(), results.unread());
  }

  /** The same with what following the cases found. */
  public VerifyReport with(CaseReport cases) {
    return and(cases.issues(), cases.moreIssues(), cases.unread());
  }

  /** The same with warnings from elsewhere. */
  public VerifyReport warning(List<Warning> others) {
    return new VerifyReport(
        ledger,
        origin,
        size,
        root,
        issues,
        moreIssues,
        unread,
        anchors,
        restsOn,
        Stream.concat(warnings.stream(), others.stream()).toList(),
        entriesRead,
        took);
  }

  private VerifyReport and(List<Issue> told, boolean moreThanTold, List<UnreadRange> notRead) {
    List<Issue> all = Stream.concat(issues.stream(), told.stream()).limit(MAX_ISSUES).toList();
    boolean more = moreIssues || moreThanTold || issues.size() + told.size() > all.size();
    return with(
        all, more, Stream.concat(unread.stream(), notRead.stream()).limit(MAX_ISSUES).toList());
  }

  private VerifyReport with(List<Issue> all, boolean more, List<UnreadRange> notRead) {
    return new VerifyReport(
        ledger,
        origin,
        size,
        root,
        all,
        more,
        notRead,
        anchors,
        restsOn,
        warnings,
        entriesRead,
        took);
  }

  /** The answer; disagreement outweighs what is unread. */
  public VerifyStatus status() {
    if (!issues.isEmpty()) {
      return VerifyStatus.TAMPERED;
    }
    return unread.isEmpty() ? VerifyStatus.INTACT : VerifyStatus.INDETERMINATE;
  }

  /** Whether a checkpoint from outside the database agrees. */
  public boolean anchored() {
    return !anchors.isEmpty();
  }

  /** The first index that isn't vouched for by {@link #anchors}: 0 if unanchored. */
  public long asFarAs() {
    return anchors.isEmpty() ? 0 : anchors.getLast().size();
  }

  /** Entries a second, over everything. */
  public long entriesPerSecond() {
    return (long) (entriesRead / Math.max(1e-9, took.toNanos() / 1e9));
  }
}
