package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Compares the head row with the entries. */
final class HeadCheck {
  /** The times of the head and of its last entry, where they differ. */
  private static final String TIMES =
      """
      SELECT (h.recorded AT TIME ZONE 'UTC')::text, (e.recorded AT TIME ZONE 'UTC')::text
      FROM ledger.heads h JOIN ledger.entries e ON e.ledger = h.ledger
      WHERE h.ledger = ? AND e.index = ? AND h.recorded <> e.recorded
      """;

  /** An empty ledger's time is that of the statement that made it. */
  private static final String INFINITE =
      "SELECT count(*) FROM ledger.heads WHERE ledger = ? AND NOT isfinite(recorded)";

  private static final String FIRST =
      "first do what the other findings say; then verify again, which names the statement";

  private final Snapshot snapshot;
  private final Ending ending;
  private final HeadRow head;
  private final Pins pins;
  private final IssueList issues;
  private final Repair repair;

  HeadCheck(Snapshot snapshot, Ending ending, Pins pins, IssueList issues) {
    this.snapshot = snapshot;
    this.ending = ending;
    this.head = ending.head();
    this.pins = pins;
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  /** Judges; {@code entriesAgree}: no row, hash or link was found wrong. */
  void judge(Pass pass, boolean entriesAgree) throws SQLException {
    if (ending.contradiction().isPresent()) {
      boolean proven = entriesAgree || pass.endsAt(ending.stored());
      add(ending.contradiction().get(), proven ? repair.head(withFirstOrigin()) : FIRST);
    } else if (!ending.there()) {
      gone(entriesAgree);
    } else if (entriesAgree) {
      compare(pass);
    }
  }

  private void gone(boolean entriesAgree) throws SQLException {
    if (head.size() == 0) {
      return; // nothing proves what it was; a checkpoint says what is lost
    }
    GoneHead gone = new GoneHead(snapshot, head);
    issues.add(entriesAgree ? gone.issue(pins) : gone.issue().withAdvice(FIRST));
  }

  private void compare(Pass pass) throws SQLException {
    if (head.size() == 0) {
      emptyLedgersTime();
      return;
    }
    boolean edge = pass.edgeIs(head);
    boolean chain = pass.chainIs(head);
    if (edge && chain) {
      originAndTime();
      return;
    }
    Sha256 root = pass.peaks().root();
    Optional<Sha256> edgeRoot = Peaks.rootOfEdge(head.edge());
    Optional<Peaks.Span> odd = pass.peaks().onlyDifferent(head.edge());
    if (!edge && edgeRoot.filter(r -> pins.vouchFor(head.size(), r)).isPresent()) {
      // The head is right, the entries were rewritten; where it can't say which, the checkpoints
      // do.
      odd.ifPresent(span -> issues.add(rewritten(span, "a checkpoint vouches for the head")));
    } else if (!edge
        && !chain
        && !pins.vouchFor(head.size(), root)
        && odd.filter(span -> span.from() >= head.size() / 256 * 256).isPresent()) {
      issues.add(
          rewritten(odd.get(), "unless the head's were both replaced, which nothing here tells"));
    } else {
      add(
          "size %d: the entries give another %s than the head row has"
              .formatted(head.size(), edge ? "chain hash" : chain ? "edge" : "chain hash and edge"),
          repair.head(pass.head(withFirstOrigin().origin())));
    }
  }

  private Issue rewritten(Peaks.Span odd, String sure) {
    return new Issue(
        IssueKind.ENTRY_EDITED,
        odd.from(),
        odd.to() - 1,
        "the head's edge isn't that of these entries: one of them was rewritten with the hashes up to the last entry; "
            + sure,
        "compare %s and the head with a backup, or the ledger with a checkpoint of size %d from outside"
            .formatted(Advice.rows(odd.from(), odd.to() - 1), odd.to()));
  }

  private void originAndTime() throws SQLException {
    HeadRow right = withFirstOrigin();
    if (!right.origin().equals(head.origin())) {
      add(
          "the head's origin is %s, that of entry 0 is %s".formatted(head.origin(), right.origin()),
          repair.head(right));
      return; // the same statement repairs the time
    }
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(TIMES)) {
      statement.setString(1, snapshot.ledger());
      statement.setLong(2, head.size() - 1);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          add(
              "the head's time 'recorded' is %s, that of entry %d is %s (UTC)"
                  .formatted(rows.getString(1), head.size() - 1, rows.getString(2)),
              repair.head(right));
        }
      }
    }
  }

  private void emptyLedgersTime() throws SQLException {
    if (snapshot.number(snapshot.coordinator(), INFINITE).orElse(0L) > 0) {
      add("the head's time 'recorded' is infinite", repair.head(head));
    }
  }

  /** Entry 0 says what the ledger is. */
  private HeadRow withFirstOrigin() throws SQLException {
    return snapshot.firstOrigin().map(head::withOrigin).orElse(head);
  }

  private void add(String detail, String advice) {
    issues.add(Issue.whole(IssueKind.HEAD_EDITED, detail).withAdvice(advice));
  }
}
