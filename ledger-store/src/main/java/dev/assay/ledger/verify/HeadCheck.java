package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Compares the head row with the entries. */
final class HeadCheck {
  private static final String ORIGIN =
      """
      SELECT subject FROM ledger.entries
      WHERE ledger = ? AND index = 0 AND kind = 'ledger.created'
      """;

  private final Snapshot snapshot;
  private final HeadRow head;
  private final Pins pins;
  private final IssueList issues;
  private final Repair repair;

  HeadCheck(Snapshot snapshot, HeadRow head, Pins pins, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.pins = pins;
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  /** A head whose other columns are those of the entries that are there. */
  static Issue sizeEdited(String ledger, HeadRow stored, Pass pass) {
    return Issue.whole(
            IssueKind.HEAD_EDITED,
            "the head's size is %d, its chain hash and edge are those of the %d entries that are there"
                .formatted(stored.size(), pass.end()))
        .withAdvice(
            new Repair(ledger)
                .head(stored.origin(), pass.end(), stored.chainHash(), stored.edge()));
  }

  /** Judges; {@code entriesAgree}: no row, hash or link was found wrong. */
  void judge(Pass pass, boolean entriesAgree) throws SQLException {
    if (!entriesAgree || head.size() == 0) {
      return;
    }
    boolean edge = pass.edgeIs(head);
    boolean chain = pass.chainIs(head);
    if (edge && chain) {
      origin(pass);
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
      issues.add(headEdited(pass, edge ? "chain hash" : chain ? "edge" : "chain hash and edge"));
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

  private Issue headEdited(Pass pass, String what) {
    return Issue.whole(
            IssueKind.HEAD_EDITED,
            "size %d: the entries give another %s than the head row has"
                .formatted(head.size(), what))
        .withAdvice(
            repair.head(head.origin(), head.size(), pass.lastChain(), pass.peaks().encode()));
  }

  /** Entry 0 says what the ledger is. */
  private void origin(Pass pass) throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(ORIGIN)) {
      statement.setString(1, snapshot.ledger());
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && !rows.getString(1).equals(head.origin())) {
          issues.add(
              Issue.whole(
                      IssueKind.HEAD_EDITED,
                      "the head's origin is %s, that of entry 0 is %s"
                          .formatted(head.origin(), rows.getString(1)))
                  .withAdvice(
                      repair.head(rows.getString(1), head.size(), pass.lastChain(), head.edge())));
        }
      }
    }
  }
}
