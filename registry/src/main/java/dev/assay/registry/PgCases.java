package dev.assay.registry;

import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseOutcome.Effect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class PgCases implements Cases {
  private final Jdbc jdbc;

  PgCases(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<CaseOutcome> open(List<NewCase> cases) {
    Bounds.atMost("cases to open", cases.size(), Registry.BATCH);
    return jdbc.transaction("open cases", connection -> CaseOpening.open(connection, cases));
  }

  private static final String ROWS =
      """
      SELECT id, system, experiment, run_id, policy, workflow_id, run_digest, verdict, state, opened_at, reason,
        entry_index
      FROM registry.quarantine_case c
      """;

  @Override
  public Optional<CaseRow> find(String caseId) {
    return rows(ROWS + "WHERE id = ?", 1, caseId).stream().findFirst();
  }

  @Override
  public List<CaseRow> list(Optional<CaseState> state, Optional<String> after, int limit) {
    Bounds.atMost("cases to list", limit, Registry.MAX_PAGE);
    return rows(
        ROWS
            + """
            WHERE (? = '' OR c.state = ?) AND (? = '' OR (c.opened_at, c.id) >
              (SELECT l.opened_at, l.id FROM registry.quarantine_case l WHERE l.id = ?))
            ORDER BY c.opened_at, c.id LIMIT\s"""
            + limit,
        limit,
        state.map(CaseState::name).orElse(""),
        state.map(CaseState::name).orElse(""),
        after.orElse(""),
        after.orElse(""));
  }

  private List<CaseRow> rows(String sql, int limit, String... arguments) {
    return query(
        sql,
        limit,
        row ->
            new CaseRow(
                row.getString(1),
                Columns.identity(row, 2),
                row.getString(5),
                row.getString(6),
                Columns.digest(row, 7),
                RunVerdict.valueOf(row.getString(8)),
                CaseState.valueOf(row.getString(9)),
                row.getTimestamp(10).toInstant(),
                row.getString(11),
                row.getLong(12)),
        arguments);
  }

  private static final String EVENTS =
      "SELECT case_id, opened, workflow_id, run_digest, verdict, occurred, reason, entry_index"
          + " FROM registry.case_event ";

  @Override
  public List<CaseEvent> events(String caseId) {
    return events(
        EVENTS + "WHERE case_id = ? ORDER BY entry_index, run_digest LIMIT " + Registry.MAX_PAGE,
        Registry.MAX_PAGE,
        caseId);
  }

  @Override
  public List<CaseEvent> eventsOf(String workflowId, Optional<String> after, int limit) {
    Bounds.atMost("case events to list", limit, Registry.MAX_PAGE);
    return events(
        EVENTS
            + "WHERE workflow_id = ? AND case_id > ? ORDER BY case_id, run_digest LIMIT "
            + limit,
        limit,
        workflowId,
        after.orElse(""));
  }

  private List<CaseEvent> events(String sql, int limit, String... arguments) {
    return query(
        sql,
        limit,
        row ->
            new CaseEvent(
                new CaseOutcome(
                    row.getString(1), row.getBoolean(2) ? Effect.OPENED : Effect.JOINED),
                row.getString(3),
                Columns.digest(row, 4),
                RunVerdict.valueOf(row.getString(5)),
                row.getTimestamp(6).toInstant(),
                row.getString(7),
                row.getLong(8)),
        arguments);
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

  private <T> List<T> query(String sql, int limit, Reader<T> reader, String... arguments) {
    return jdbc.transaction(
        "read cases",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setMaxRows(limit);
            for (int i = 0; i < arguments.length; i++) {
              select.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = select.executeQuery()) {
              List<T> found = new ArrayList<>();
              while (row.next()) {
                found.add(reader.read(row));
              }
              return found;
            }
          }
        });
  }
}
