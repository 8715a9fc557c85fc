package dev.assay.ledger.verify;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.verify.HistoryDigests.Found;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Compares every {@code history.digested} entry with the history it is about. Reads the entries
 * themselves: the projection is nobody's word.
 */
public final class HistoryVerifier {
  private static final int FETCH = 1_000;

  private static final String ENTRIES =
      """
      SELECT index, payload FROM ledger.entries
      WHERE ledger = ? AND kind = '%s' AND index < ? ORDER BY index
      """
          .formatted(EntryKind.HISTORY_DIGESTED);

  private final HistoryDigests histories;
  private final IssueList issues = new IssueList();
  private long compared;
  private long mismatched;
  private long notAvailable;

  private HistoryVerifier(HistoryDigests histories) {
    this.histories = histories;
  }

  /**
   * Compares.
   *
   * @param verified what was found of the ledger: its entries up to that size are compared
   * @throws LedgerUnavailableException if the database can't be read
   */
  public static HistoryReport verify(
      DataSource dataSource, VerifyReport verified, HistoryDigests histories) {
    HistoryVerifier verifier = new HistoryVerifier(histories);
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false); // else the driver fetches all rows at once
      try {
        verifier.compareAll(connection, verified);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException(
          "ledger %s: its entries about histories can't be read: %s"
              .formatted(verified.ledger(), e.getMessage()),
          e);
    }
    return new HistoryReport(
        verifier.compared, verifier.mismatched, verifier.notAvailable, verifier.issues.all());
  }

  private void compareAll(Connection connection, VerifyReport verified) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
      select.setFetchSize(FETCH);
      select.setString(1, verified.ledger());
      select.setLong(2, verified.size());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          compare(rows.getLong(1), Digested.parse(rows.getBytes(2)));
        }
      }
    }
  }

  private void compare(long index, Optional<Digested> recorded) {
    if (recorded.isEmpty()) {
      mismatch(index, "it names no workflow, run, number of events and digest");
      return;
    }
    Digested entry = recorded.get();
    Optional<Found> found = histories.find(entry.workflowId(), entry.runId(), entry.events());
    if (found.isEmpty()) {
      notAvailable++;
      return;
    }
    compared++;
    if (found.get().events() != entry.events()
        || !found.get().digest().hex().equals(entry.digest())) {
      mismatch(
          index,
          "workflow %s, run %s: its first %d events had digest %s; in %s, %d of them are there, with %s"
              .formatted(
                  entry.workflowId(),
                  entry.runId(),
                  entry.events(),
                  entry.digest(),
                  found.get().where(),
                  found.get().events(),
                  found.get().digest()));
    }
  }

  private void mismatch(long index, String detail) {
    mismatched++;
    issues.add(Issue.at(IssueKind.HISTORY_MISMATCH, index, detail));
  }

  /** What an entry says. */
  private record Digested(String workflowId, String runId, long events, String digest) {
    static Optional<Digested> parse(byte[] payload) {
      try {
        return JsonReader.read(payload) instanceof JsonObject object
            ? of(object.members())
            : Optional.empty();
      } catch (JsonException _) {
        return Optional.empty();
      }
    }

    private static Optional<Digested> of(Map<String, JsonValue> members) {
      return members.get("workflowId") instanceof JsonString(String workflowId)
              && members.get("runId") instanceof JsonString(String runId)
              && members.get("events") instanceof JsonNumber(double events)
              && members.get("digest") instanceof JsonString(String digest)
          ? Optional.of(new Digested(workflowId, runId, (long) events, digest))
          : Optional.empty();
    }
  }
}
