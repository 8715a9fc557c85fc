package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Intervals.Interval;
import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One verification, from the first row to the report. */
final class Verification {
  private final Snapshot snapshot;
  private final VerifyRequest request;
  private final IssueList issues = new IssueList();

  Verification(Snapshot snapshot, VerifyRequest request) {
    this.snapshot = snapshot;
    this.request = request;
  }

  VerifyReport run() throws SQLException, IOException {
    long begun = System.nanoTime();
    List<PinnedCheckpoint> pinned = new ArrayList<>(request.pinned());
    request.from().ifPresent(pinned::add);
    Pins pins = new Pins(pinned, issues);
    Optional<HeadRow> row = snapshot.head();
    HeadRow stored = row.isPresent() ? row.get() : LostHead.of(snapshot, pins);
    Optional<TrustedCheckpoint> wanted = request.from().flatMap(pins::anchor);
    Optional<TreeState> rest = Optional.empty();
    if (wanted.isPresent()) {
      rest = Resting.on(wanted.get(), pins, stored, snapshot);
    }
    Extent extent = Extent.of(snapshot, stored);
    Optional<TreeState> atTile = rest.map(TreeState::atLastTile);
    Pass pass = read(extent.end(), pins, atTile);
    HeadEnd headEnd = new HeadEnd(snapshot, stored, pins);
    Optional<String> contradiction =
        row.isPresent() ? headEnd.contradiction(pass) : Optional.empty();
    if (contradiction.isEmpty() && pass.end() > stored.size()) {
      pass = read(stored.size(), pins, atTile); // the rows behind it aren't the ledger's
    }
    Ending ending = Ending.of(stored, row.isPresent(), pass, contradiction);
    HeadRow head = ending.head();
    boolean complete = pass.whole() && pass.end() == head.size();
    Intervals bad = new Intervals();
    bad.addAll(pass.bad());
    if (pass.end() < head.size()) {
      bad.add(extent.rows(), head.size() - 1);
    }
    List<TrustedCheckpoint> agreeing = judge(pass, ending, bad, complete, pins, rest);
    List<Issue> causes = Causes.of(issues.all(), head.size());
    Optional<Sha256> root = complete ? Optional.of(pass.peaks().root()) : Optional.empty();
    return new VerifyReport(
        request.ledger(),
        stored.origin(),
        stored.size(),
        root,
        IssueList.bounded(causes),
        issues.hasMore(),
        pass.unread(),
        agreeing,
        rest.isPresent() ? wanted : Optional.empty(),
        rest.isEmpty() && causes.isEmpty() ? warnings() : List.of(),
        pass.rows(),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  /** Of tampered entries no projection is worth a word. */
  private List<Warning> warnings() throws SQLException {
    return new LookupCheck(snapshot).warning().stream().toList();
  }

  private Pass read(long wantedEnd, Pins pins, Optional<TreeState> rest)
      throws SQLException, IOException {
    TreeState start = rest.orElse(TreeState.EMPTY);
    return new Pass(snapshot, request, start, Math.max(start.size(), wantedEnd)).read(pins.sizes());
  }

  private List<TrustedCheckpoint> judge(
      Pass pass,
      Ending ending,
      Intervals bad,
      boolean complete,
      Pins pins,
      Optional<TreeState> rest)
      throws SQLException {
    HeadRow head = ending.head();
    pass.states().forEach((size, peaks) -> pins.computed(size, peaks.root()));
    pass.regressed().forEach(index -> issues.add(regressed(index, pins)));
    boolean edgeAgrees = complete && pass.edgeIs(head);
    WrongTiles tiles = new WrongTiles(snapshot, issues);
    List<Interval> suspicious = tiles.judge(pass, head.size(), bad, edgeAgrees, pins.confirmed());
    new Forensics(snapshot, head, tiles.untrusted(), issues).explain(suspicious);
    boolean entriesAgree = complete && suspicious.isEmpty();
    new Beyond(snapshot, head, issues).report(entriesAgree);
    new HeadCheck(snapshot, ending, pins, issues).judge(pass, entriesAgree);
    DuplicateKeys duplicates = new DuplicateKeys(snapshot, issues);
    if (pass.equalKeys()) {
      duplicates.reportAll();
    } else if (rest.isPresent() && request.duplicates()) {
      duplicates.reportSince(rest.get().size(), head.size());
    }
    return new PinJudge(pins, head, issues).judge();
  }

  private static Issue regressed(long index, Pins pins) {
    long before = 0;
    long behind = -1;
    for (TrustedCheckpoint anchor : pins.trusted()) {
      if (anchor.size() < index) {
        before = anchor.size();
      } else if (anchor.size() > index && behind < 0) {
        behind = anchor.size();
      }
    }
    return new Issue(
        IssueKind.TIME_REGRESSED,
        index - 1,
        index,
        "entry %d was recorded before entry %d".formatted(index, index - 1),
        "one of these two has another time than it was recorded with: compare %s with backups, and with the checkpoints on both sides, %s and %s"
            .formatted(
                Advice.rows(index - 1, index),
                before == 0 ? "none before" : "of size %d before".formatted(before),
                behind < 0 ? "none behind" : "of size %d behind".formatted(behind)));
  }
}
