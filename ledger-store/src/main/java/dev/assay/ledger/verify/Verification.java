package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryHashes;
import dev.assay.ledger.verify.Intervals.Interval;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One verification, from the first row to the report. */
final class Verification {
  private final Snapshot snapshot;
  private final VerifyRequest request;
  private final IssueList issues = new IssueList();
  private final List<UnreadRange> unread = new ArrayList<>();
  private final Intervals bad = new Intervals();
  private final List<Long> wrongTiles = new ArrayList<>();
  private final Peaks peaks = new Peaks(new VerifierHashes());

  /** Every row so far was there. */
  private boolean whole = true;

  private byte[] lastChain = EntryHashes.chainStart();
  private long entriesRead;

  Verification(Snapshot snapshot, VerifyRequest request) {
    this.snapshot = snapshot;
    this.request = request;
  }

  VerifyReport run() throws SQLException, IOException {
    long start = System.nanoTime();
    HeadRow head = snapshot.head();
    Pins pins = new Pins(request.pinned(), issues);
    UpperTiles upperTiles = new UpperTiles(snapshot);
    boolean equalKeys;
    try (KeyHashes keys = new KeyHashes();
        RangeReader ranges =
            new RangeReader(
                snapshot,
                head.size(),
                pins.sizes(),
                new SecureRandom().nextLong(),
                request.connections())) {
      while (ranges.hasNext()) {
        switch (ranges.next()) {
          case RangeReader.Scanned.Unread(UnreadRange range) -> {
            unread.add(range);
            whole = false;
          }
          case RangeReader.Scanned.Read(RangeResult result) -> {
            keys.add(result.keyHashes());
            merge(result, pins, upperTiles);
          }
        }
        request.progress().accept(entriesRead);
      }
      equalKeys = keys.haveEqual();
    }
    judge(head, pins, upperTiles, equalKeys);
    return new VerifyReport(
        request.ledger(),
        head.origin(),
        head.size(),
        whole ? Optional.of(peaks.root()) : Optional.empty(),
        Causes.of(issues.sorted(), head.size()),
        issues.hasMore(),
        unread,
        pins.agreeing(),
        entriesRead,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private void merge(RangeResult range, Pins pins, UpperTiles upperTiles) throws SQLException {
    entriesRead += range.rows();
    range.bad().list().forEach(interval -> bad.add(interval.from(), interval.to()));
    wrongTiles.addAll(range.wrongTiles());
    range
        .regressed()
        .forEach(
            index ->
                issues.add(
                    Issue.at(
                        IssueKind.TIME_REGRESSED,
                        index,
                        "entry %d was recorded before entry %d".formatted(index, index - 1))));
    if (whole) {
      range
          .atPins()
          .forEach(
              (size, local) -> {
                Peaks there = peaks.copy();
                there.addAll(local);
                pins.computed(size, there.root());
              });
    }
    Peaks local = range.peaks();
    byte[] chain = range.lastChain();
    if (whole && local != null && chain != null) {
      peaks.addAll(local);
      upperTiles.add(range.tileRoots());
      lastChain = chain;
    } else {
      whole = false;
    }
  }

  private void judge(HeadRow head, Pins pins, UpperTiles upperTiles, boolean equalKeys)
      throws SQLException {
    boolean edgeAgrees = whole && Arrays.equals(peaks.encode(), head.edge());
    WrongTiles tiles = new WrongTiles(snapshot, issues);
    List<Interval> suspicious = tiles.judge(wrongTiles, upperTiles.wrong(), bad, edgeAgrees);
    new Forensics(snapshot, head, tiles.untrusted(), issues).explain(suspicious);
    boolean entriesAgree = whole && suspicious.isEmpty();
    new HeadCheck(snapshot, head, issues)
        .judge(entriesAgree, edgeAgrees, Arrays.equals(lastChain, head.chainHash()));
    if (equalKeys) {
      new DuplicateKeys(snapshot, issues).report();
    }
    pins.judge(head, issues);
  }
}
