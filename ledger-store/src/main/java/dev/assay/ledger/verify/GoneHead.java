package dev.assay.ledger.verify;

import dev.assay.model.text.Count;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;

/** Names a head row that is gone while entries are there, and says what puts it back. */
final class GoneHead {
  private static final String HOLDER =
      """
      SELECT h.ledger, EXISTS (SELECT FROM ledger.entries e WHERE e.ledger = h.ledger)
      FROM ledger.heads h WHERE h.origin = ?
      """;

  private static final String LOOKED_UP =
      "SELECT next_index FROM ledger.lookup_state WHERE ledger = ?";

  /** The row that has this ledger's origin, which no second row can have. */
  private record Holder(String ledger, boolean hasEntries) {}

  private final Snapshot snapshot;
  private final HeadRow head;
  private final Repair repair;
  private final Optional<Holder> holder;

  GoneHead(Snapshot snapshot, HeadRow head) throws SQLException {
    this.snapshot = snapshot;
    this.head = head;
    this.repair = new Repair(snapshot.ledger());
    this.holder = holder();
  }

  /** What is wrong. */
  Issue issue() {
    String entries = Count.of(head.size(), "entry", "entries");
    return Issue.whole(
        IssueKind.HEAD_EDITED,
        holder
            .map(
                row ->
                    "the head row isn't there, %s are: the row of ledger %s has this one's origin %s"
                        .formatted(entries, row.ledger(), head.origin()))
            .orElse("the head row isn't there, %s are: it was deleted".formatted(entries)));
  }

  /** The same with what to do, where the entries that are there agree. */
  Issue issue(Pins pins) throws SQLException {
    if (head.origin().isEmpty()) {
      return issue()
          .withAdvice(
              "neither a checkpoint nor entry 0 names the ledger's origin: restore the row from a backup");
    }
    if (holder.filter(Holder::hasEntries).isPresent()) {
      return issue()
          .withAdvice(
              "ledger %1$s has entries of its own: verify it first ('assay ledger verify --ledger %1$s') and put its head right; then verify this one again, which names the statement"
                  .formatted(holder.get().ledger()));
    }
    String statement =
        holder.isPresent() ? repair.movedHead(holder.get().ledger(), head) : repair.newHead(head);
    return issue()
        .withAdvice(
            pins.confirmed() >= head.size()
                ? "the entries prove the right head; " + statement
                : "%s: compare them with a backup, or with a checkpoint from outside. If none is lost, %s"
                    .formatted(doubt(), statement));
  }

  /** Only the head, or a checkpoint, says where a ledger ends. */
  private String doubt() throws SQLException {
    String unproven = "nothing proves that these are all the entries";
    long lookedUp = lookedUp();
    return lookedUp > head.size()
        ? "%s, and ledger.lookup_state says that %d were there: then %s lost, from %d to %d"
            .formatted(
                unproven,
                lookedUp,
                lookedUp - head.size() == 1
                    ? "1 entry is"
                    : "%d entries are".formatted(lookedUp - head.size()),
                head.size(),
                lookedUp - 1)
        : unproven;
  }

  private Optional<Holder> holder() throws SQLException {
    try (PreparedStatement select = snapshot.coordinator().prepareStatement(HOLDER)) {
      select.setString(1, head.origin());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Holder(rows.getString(1), rows.getBoolean(2)))
            : Optional.empty();
      }
    }
  }

  /** How many entries the projection covers; 0 if its table isn't as it was made. */
  private long lookedUp() throws SQLException {
    Savepoint before = snapshot.coordinator().setSavepoint();
    try {
      return snapshot.number(snapshot.coordinator(), LOOKED_UP).orElse(0L);
    } catch (SQLException e) {
      if (!LookupCheck.notAsMigrated(e)) {
        throw e;
      }
      snapshot.coordinator().rollback(before);
      return 0;
    }
  }
}
