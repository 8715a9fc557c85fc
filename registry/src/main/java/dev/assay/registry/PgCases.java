package dev.assay.registry;

import dev.assay.model.cases.CaseState;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseOutcome.Effect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

final class PgCases implements Cases {
  private static final String ROWS =
      """
      SELECT id, ledger, system, experiment, run_id, policy, workflow_id, run_digest, verdict, opened_at, reason,
        state, ordinal, held_digest, deadline, next_due, waived_until, assignee, proposed, entry_index
      FROM registry.quarantine_case
      """;

  private static final String OF_RUNS =
      """
      SELECT c.* FROM unnest(?::text[], ?::text[], ?::text[]) AS r (system, experiment, run_id), LATERAL (
        %s WHERE ledger = ? AND system = r.system AND experiment = r.experiment AND run_id = r.run_id
        ORDER BY opened_at, id LIMIT %d) c
      ORDER BY c.opened_at, c.id
      """
          .formatted(ROWS, Registry.BATCH);

  private static final String STAND =
      """
      UPDATE registry.quarantine_case SET state = ?, ordinal = ?, held_digest = ?, deadline = ?, next_due = ?,
        waived_until = ?, assignee = ?, proposed = ?, entry_index = ?, started = started AND ?
      WHERE id = ? AND ordinal < ?
      """;

  private static final String EVENTS =
      """
      SELECT id, true, workflow_id, run_digest, verdict, opened_at, reason
      FROM registry.quarantine_case WHERE workflow_id = ? AND id > ?
      UNION ALL
      SELECT case_id, false, workflow_id, run_digest, verdict, occurred, reason
      FROM registry.case_event WHERE workflow_id = ? AND case_id > ?
      ORDER BY 1, 4 LIMIT\s""";

  private final Jdbc jdbc;

  PgCases(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<CaseOutcome> open(List<NewCase> cases) {
    Bounds.atMost("cases to open", cases.size(), Registry.BATCH);
    return jdbc.transaction("open cases", connection -> CaseOpening.open(connection, cases));
  }

  @Override
  public Optional<CaseRow> find(String caseId) {
    return rows(ROWS + "WHERE id = ?", 1, caseId).stream().findFirst();
  }

  @Override
  public List<CaseRow> meant(String ledger, String written, int most) {
    return rows(
        ROWS + "WHERE ledger = ? AND starts_with(id, ?) ORDER BY id LIMIT " + most,
        most,
        ledger,
        written);
  }

  @Override
  public List<CaseRow> list(CaseFilter filter, Optional<String> after, int limit) {
    Bounds.atMost("cases to list", limit, Registry.MAX_PAGE);
    CaseTerms terms = CaseTerms.of(filter, after);
    return rows(
        ROWS + terms.where() + " ORDER BY opened_at, id LIMIT " + limit,
        limit,
        terms.arguments().toArray());
  }

  @Override
  public List<CaseRow> ofRuns(String ledger, List<RunIdentity> identities) {
    Bounds.atMost("runs to find cases of", identities.size(), Registry.BATCH);
    return jdbc.transaction(
        "read cases of runs",
        connection -> {
          Jdbc.probeIndexes(connection);
          try (var select = connection.prepareStatement(OF_RUNS)) {
            Columns.bindIdentities(select, 1, identities, identity -> identity);
            select.setString(4, ledger);
            return read(select, PgCases::row);
          }
        });
  }

  @Override
  public void stand(String caseId, CaseRow.Standing now) {
    stand(new TreeMap<>(Map.of(caseId, now)));
  }

  /** By id, so that two writers lock rows in one order. */
  @Override
  public void stand(SortedMap<String, CaseRow.Standing> standings) {
    Bounds.atMost("cases to write", standings.size(), Registry.BATCH);
    jdbc.transaction(
        "write cases",
        connection -> {
          try (var update = connection.prepareStatement(STAND)) {
            for (Map.Entry<String, CaseRow.Standing> each : standings.entrySet()) {
              bind(update, each.getKey(), each.getValue());
              update.addBatch();
            }
            return update.executeBatch();
          } catch (SQLException e) {
            if (Jdbc.UNIQUE_VIOLATION.equals(e.getSQLState())) {
              throw new RecordConflictException(
                  "of the cases %s one is open by its record while the run has another open case; 'assay quarantine reject' one of the two"
                      .formatted(String.join(", ", standings.keySet())));
            }
            throw e;
          }
        });
  }

  private static void bind(PreparedStatement update, String caseId, CaseRow.Standing now)
      throws SQLException {
    CaseTerms.bind(
        update,
        now.state().name(),
        now.ordinal(),
        now.heldDigest().bytes(),
        now.deadline(),
        now.nextDue(),
        now.waivedUntil(),
        now.assignee().map(Sha256::bytes),
        now.proposed(),
        now.entryIndex(),
        now.nextDue().isPresent(), // a closed case's workflow has ended
        caseId,
        now.ordinal());
  }

  @Override
  public List<String> due(String ledger, Instant now, int limit) {
    Bounds.atMost("cases to list", limit, Registry.MAX_PAGE);
    return query(
        "SELECT id FROM registry.quarantine_case WHERE ledger = ? AND next_due <= ?"
            + " ORDER BY next_due, id LIMIT "
            + limit,
        limit,
        row -> row.getString(1),
        ledger,
        now);
  }

  @Override
  public List<String> unstarted(String ledger, int limit) {
    Bounds.atMost("cases to list", limit, Registry.MAX_PAGE);
    return query(
        "SELECT id FROM registry.quarantine_case WHERE ledger = ? AND NOT started"
            + " AND next_due IS NOT NULL ORDER BY opened_at, id LIMIT "
            + limit,
        limit,
        row -> row.getString(1),
        ledger);
  }

  @Override
  public List<String> ledgers() {
    return query(
        "SELECT DISTINCT ledger FROM registry.quarantine_case WHERE next_due IS NOT NULL ORDER BY 1",
        Registry.MAX_PAGE,
        row -> row.getString(1));
  }

  @Override
  public void started(List<String> caseIds) {
    jdbc.transaction(
        "mark cases",
        connection -> {
          try (var update =
              connection.prepareStatement(
                  "UPDATE registry.quarantine_case SET started = true WHERE id = ANY(?::text[])")) {
            update.setObject(1, Jdbc.array(connection, "text", caseIds, id -> id));
            return update.executeUpdate();
          }
        });
  }

  @Override
  public void forgetStarted(String ledger) {
    update(
        "UPDATE registry.quarantine_case SET started = false WHERE ledger = ? AND started", ledger);
  }

  private List<CaseRow> rows(String sql, int limit, Object... arguments) {
    return query(sql, limit, PgCases::row, arguments);
  }

  private static CaseRow row(ResultSet row) throws SQLException {
    return new CaseRow(
        row.getString(1),
        row.getString(2),
        Columns.identity(row, 3),
        row.getString(6),
        row.getString(7),
        Columns.digest(row, 8),
        RunVerdict.valueOf(row.getString(9)),
        row.getTimestamp(10).toInstant(),
        row.getString(11),
        new CaseRow.Standing(
            CaseState.valueOf(row.getString(12)),
            row.getInt(13),
            Columns.digest(row, 14),
            Jdbc.instant(row.getTimestamp(15)),
            Jdbc.instant(row.getTimestamp(16)),
            Jdbc.instant(row.getTimestamp(17)),
            Columns.optionalDigest(row, 18),
            Optional.ofNullable(row.getString(19)),
            row.getLong(20)));
  }

  @Override
  public List<CaseEvent> eventsOf(String workflowId, Optional<String> after, int limit) {
    Bounds.atMost("case events to list", limit, Registry.MAX_PAGE);
    String last = after.orElse("");
    return query(EVENTS + limit, limit, PgCases::event, workflowId, last, workflowId, last);
  }

  private static CaseEvent event(ResultSet row) throws SQLException {
    return new CaseEvent(
        new CaseOutcome(row.getString(1), row.getBoolean(2) ? Effect.OPENED : Effect.JOINED),
        row.getString(3),
        Columns.digest(row, 4),
        RunVerdict.valueOf(row.getString(5)),
        row.getTimestamp(6).toInstant(),
        row.getString(7));
  }

  @Override
  public long count(CaseState state) {
    return query(
            "SELECT count(*) FROM registry.quarantine_case WHERE state = ?",
            1,
            row -> row.getLong(1),
            state.name())
        .getFirst();
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, int limit, Reader<T> reader, Object... arguments) {
    return jdbc.transaction(
        "read cases",
        connection -> {
          try (var select = connection.prepareStatement(sql)) {
            select.setMaxRows(limit);
            CaseTerms.bind(select, arguments);
            return read(select, reader);
          }
        });
  }

  private static <T> List<T> read(PreparedStatement select, Reader<T> reader) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (row.next()) {
        found.add(reader.read(row));
      }
      return found;
    }
  }

  private void update(String sql, Object... arguments) {
    jdbc.transaction(
        "write a case",
        connection -> {
          try (var update = connection.prepareStatement(sql)) {
            CaseTerms.bind(update, arguments);
            return update.executeUpdate();
          }
        });
  }
}
