package dev.assay.registry;

import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseOutcome.Effect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

final class PgCases implements Cases {
  /** The failures given, as a relation g; {@link #bind} fills it. */
  private static final String GIVEN =
      """
      WITH g AS MATERIALIZED (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::text[],
          ?::text[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[])
          WITH ORDINALITY AS u(system, experiment, run_id, policy, workflow_id, run_digest, verdict, state,
            opened_at, reason, entry_index, id, n))
      """;

  /** A failure whose validation has an event for this run and policy keeps that case. */
  private static final String OPEN =
      GIVEN
          + """
          INSERT INTO registry.quarantine_case (id, system, experiment, run_id, policy, workflow_id, run_digest,
            verdict, state, opened_at, reason, entry_index)
          SELECT id, system, experiment, run_id, policy, workflow_id, run_digest, verdict, state, opened_at,
            reason, entry_index
          FROM g WHERE NOT EXISTS (
            SELECT FROM registry.case_event e JOIN registry.quarantine_case c ON c.id = e.case_id
            WHERE e.workflow_id = g.workflow_id COLLATE "C" AND c.system = g.system COLLATE "C"
              AND c.experiment = g.experiment COLLATE "C" AND c.run_id = g.run_id COLLATE "C"
              AND c.policy = g.policy COLLATE "C")
          ORDER BY n
          ON CONFLICT DO NOTHING
          """;

  /**
   * An event of this revision, else an event of the run, else a case of its own id, else the open
   * case: in this order, so that a repeated call finds what the first one did.
   */
  private static final String RESOLVE =
      GIVEN
          + """
          SELECT g.n, coalesce(e.case_id, own.id, o.id),
            coalesce(e.opened, own.run_digest = g.run_digest AND NOT EXISTS (
              SELECT FROM g earlier WHERE earlier.id = g.id AND earlier.n < g.n), false)
          FROM g
          LEFT JOIN LATERAL (
            SELECT e.case_id, e.opened AND e.run_digest = g.run_digest AS opened
            FROM registry.case_event e JOIN registry.quarantine_case c ON c.id = e.case_id
            WHERE e.workflow_id = g.workflow_id COLLATE "C" AND c.system = g.system COLLATE "C"
              AND c.experiment = g.experiment COLLATE "C" AND c.run_id = g.run_id COLLATE "C"
              AND c.policy = g.policy COLLATE "C"
            ORDER BY (e.run_digest = g.run_digest) DESC LIMIT 1) e ON true
          LEFT JOIN registry.quarantine_case own ON own.id = g.id COLLATE "C"
            AND own.system = g.system COLLATE "C" AND own.experiment = g.experiment COLLATE "C"
            AND own.run_id = g.run_id COLLATE "C" AND own.policy = g.policy COLLATE "C"
          LEFT JOIN registry.quarantine_case o ON o.state = 'OPEN' AND g.state = 'OPEN'
            AND o.system = g.system COLLATE "C" AND o.experiment = g.experiment COLLATE "C"
            AND o.run_id = g.run_id COLLATE "C" AND o.policy = g.policy COLLATE "C"
          ORDER BY g.n
          """;

  private static final String RECORD =
      """
      INSERT INTO registry.case_event (workflow_id, case_id, run_digest, verdict, opened, occurred, reason, entry_index)
      SELECT * FROM unnest(?::text[], ?::text[], ?::bytea[], ?::text[], ?::boolean[], ?::timestamptz[],
        ?::text[], ?::bigint[])
      ON CONFLICT DO NOTHING
      """;

  /** Two writers that lock rows in one order don't deadlock. */
  private static final Comparator<NewCase> LOCK_ORDER =
      Comparator.comparing(NewCase::identity)
          .thenComparing(NewCase::policyName)
          .thenComparing(NewCase::workflowId)
          .thenComparing(NewCase::runDigest);

  private final Jdbc jdbc;

  PgCases(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<CaseOutcome> open(List<NewCase> cases) {
    Bounds.atMost("cases to open", cases.size(), Registry.BATCH);
    List<Integer> order =
        IntStream.range(0, cases.size())
            .boxed()
            .sorted(Comparator.comparing(cases::get, LOCK_ORDER))
            .toList();
    List<NewCase> sorted = order.stream().map(cases::get).toList();
    List<CaseOutcome> outcomes =
        jdbc.transaction(
            "open cases",
            connection -> {
              try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
                bind(insert, sorted);
                insert.executeUpdate();
              }
              List<CaseOutcome> found = resolve(connection, sorted);
              record(connection, sorted, found);
              return found;
            });
    CaseOutcome[] given = new CaseOutcome[cases.size()];
    for (int i = 0; i < given.length; i++) {
      given[order.get(i)] = outcomes.get(i);
    }
    return Arrays.asList(given);
  }

  private static void bind(PreparedStatement statement, List<NewCase> cases) throws SQLException {
    Connection connection = statement.getConnection();
    Columns.bindIdentities(statement, 1, cases, NewCase::identity);
    bind(connection, statement, 4, "text", cases, NewCase::policyName);
    bind(connection, statement, 5, "text", cases, NewCase::workflowId);
    bind(connection, statement, 6, "bytea", cases, row -> row.runDigest().bytes());
    bind(connection, statement, 7, "text", cases, row -> row.verdict().name());
    bind(connection, statement, 8, "text", cases, row -> row.state().name());
    bind(connection, statement, 9, "timestamptz", cases, row -> Jdbc.time(row.openedAt()));
    bind(connection, statement, 10, "text", cases, NewCase::reason);
    bind(connection, statement, 11, "int8", cases, NewCase::entryIndex);
    bind(connection, statement, 12, "text", cases, NewCase::caseId);
  }

  private static <E> void bind(
      Connection connection,
      PreparedStatement statement,
      int parameter,
      String type,
      List<E> rows,
      Function<E, Object> value)
      throws SQLException {
    statement.setObject(parameter, Jdbc.array(connection, type, rows, value));
  }

  private static List<CaseOutcome> resolve(Connection connection, List<NewCase> cases)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RESOLVE)) {
      bind(select, cases);
      try (ResultSet row = select.executeQuery()) {
        List<CaseOutcome> found = new ArrayList<>(cases.size());
        while (row.next()) {
          NewCase given = cases.get(found.size());
          String id =
              Optional.ofNullable(row.getString(2))
                  .orElseThrow(
                      () ->
                          new RecordConflictException(
                              "case id %s of %s belongs to another run; run the validation's id again"
                                  .formatted(given.caseId(), given.identity())));
          found.add(new CaseOutcome(id, row.getBoolean(3) ? Effect.OPENED : Effect.JOINED));
        }
        return found;
      }
    }
  }

  private static void record(Connection connection, List<NewCase> cases, List<CaseOutcome> outcomes)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
      bind(connection, insert, 1, "text", cases, NewCase::workflowId);
      bind(connection, insert, 2, "text", outcomes, CaseOutcome::caseId);
      bind(connection, insert, 3, "bytea", cases, row -> row.runDigest().bytes());
      bind(connection, insert, 4, "text", cases, row -> row.verdict().name());
      bind(connection, insert, 5, "bool", outcomes, row -> row.effect() == Effect.OPENED);
      bind(connection, insert, 6, "timestamptz", cases, row -> Jdbc.time(row.openedAt()));
      bind(connection, insert, 7, "text", cases, NewCase::reason);
      bind(connection, insert, 8, "int8", cases, NewCase::entryIndex);
      insert.executeUpdate();
    }
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
