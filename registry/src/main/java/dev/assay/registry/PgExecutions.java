package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

final class PgExecutions implements Executions {
  private static final Pattern KIND = Pattern.compile("[a-z]{1,32}");
  private static final Pattern ID = Pattern.compile("[^#\\p{Cntrl}\\p{Cs}]{1,200}");

  private static final String COLUMNS =
      "workflow_id, kind, id, ordinal, inputs_digest, state, allocated, outcome_root, first_index,"
          + " last_index, summary";

  /**
   * One statement: the row's lock makes concurrent callers wait, each gets an ordinal of its own.
   */
  private static final String NEXT =
      """
      INSERT INTO registry.execution_counter AS c (kind, id, inputs_digest, last_ordinal) VALUES (?, ?, ?, 1)
      ON CONFLICT (kind, id) DO UPDATE SET last_ordinal = c.last_ordinal + 1
      WHERE c.inputs_digest = excluded.inputs_digest
      RETURNING last_ordinal
      """;

  private static final String INSERT =
      """
      INSERT INTO registry.execution (workflow_id, kind, id, ordinal, inputs_digest, state)
      VALUES (?, ?, ?, ?, ?, 'ALLOCATED')
      """;

  private static final String SEAL =
      """
      UPDATE registry.execution
      SET state = 'SEALED', ended = clock_timestamp(), outcome_root = ?, first_index = ?, last_index = ?, summary = ?
      WHERE workflow_id = ?
      """;

  private final Jdbc jdbc;

  PgExecutions(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Allocation allocate(String kind, String id, Sha256 inputsDigest) {
    if (!KIND.matcher(kind).matches() || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "an execution is 1 to 32 of a-z, '/', 1 to 200 printable characters without '#', got '%s/%s'"
              .formatted(kind, id));
    }
    return jdbc.transaction(
        "allocate an execution",
        connection -> {
          int ordinal = next(connection, kind, id, inputsDigest);
          String workflowId = "%s/%s#%d".formatted(kind, id, ordinal);
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, workflowId);
            insert.setString(2, kind);
            insert.setString(3, id);
            insert.setInt(4, ordinal);
            insert.setBytes(5, inputsDigest.bytes());
            insert.executeUpdate();
          }
          return new Allocation(
              select(connection, "workflow_id = ?", 1, workflowId).getFirst(),
              select(
                  connection,
                  "kind = ? AND id = ? AND state IN ('ALLOCATED', 'STARTED') AND workflow_id <> ?"
                      + " ORDER BY ordinal",
                  MAX_INCOMPLETE,
                  kind,
                  id,
                  workflowId));
        });
  }

  private static int next(Connection connection, String kind, String id, Sha256 inputsDigest)
      throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT)) {
      next.setString(1, kind);
      next.setString(2, id);
      next.setBytes(3, inputsDigest.bytes());
      try (ResultSet row = next.executeQuery()) {
        if (row.next()) {
          return row.getInt(1);
        }
      }
    }
    throw new InputsDifferException(
        ("%s/%s was used with inputs %s before, these are %s; give other inputs another id, or leave"
                + " the id out")
            .formatted(kind, id, inputs(connection, kind, id), inputsDigest.abbreviated()));
  }

  private static String inputs(Connection connection, String kind, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT inputs_digest FROM registry.execution_counter WHERE kind = ? AND id = ?")) {
      select.setString(1, kind);
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Columns.digest(row, 1).abbreviated() : "that are gone";
      }
    }
  }

  @Override
  public Execution started(String workflowId) {
    return step(
        workflowId,
        (connection, now) ->
            switch (now.state()) {
              case ALLOCATED ->
                  update(
                      connection,
                      workflowId,
                      "UPDATE registry.execution SET state = 'STARTED', started = clock_timestamp() WHERE workflow_id = ?");
              case STARTED -> now;
              case SEALED, ABANDONED -> throw refused(now, "started");
            });
  }

  @Override
  public Execution abandoned(String workflowId, Consumer<Execution> record) {
    return step(
        workflowId,
        (connection, now) ->
            switch (now.state()) {
              case ALLOCATED, STARTED -> {
                record.accept(now);
                yield update(
                    connection,
                    workflowId,
                    "UPDATE registry.execution SET state = 'ABANDONED', ended = clock_timestamp() WHERE workflow_id = ?");
              }
              case ABANDONED -> now;
              case SEALED -> throw refused(now, "abandoned");
            });
  }

  @Override
  public Execution sealed(String workflowId, Supplier<Seal> record) {
    return step(
        workflowId,
        (connection, now) ->
            switch (now.state()) {
              case STARTED -> seal(connection, workflowId, record.get());
              case SEALED -> same(now, record.get());
              case ALLOCATED, ABANDONED -> throw refused(now, "sealed");
            });
  }

  private static Execution same(Execution now, Seal seal) {
    if (!now.seal().equals(Optional.of(seal))) {
      throw new RecordConflictException(
          "%s is sealed with outcome root %s and another seal was given with %s; run the id again"
              .formatted(
                  now.workflowId(),
                  now.seal().map(Seal::outcomeRoot).map(Sha256::hex).orElse("none"),
                  seal.outcomeRoot()));
    }
    return now;
  }

  private static Execution seal(Connection connection, String workflowId, Seal seal)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SEAL)) {
      update.setBytes(1, seal.outcomeRoot().bytes());
      update.setLong(2, seal.firstIndex());
      update.setLong(3, seal.lastIndex());
      update.setBytes(4, CanonicalJson.encode(seal.summary()));
      update.setString(5, workflowId);
      update.executeUpdate();
    }
    return select(connection, "workflow_id = ?", 1, workflowId).getFirst();
  }

  private interface Step {
    Execution from(Connection connection, Execution now) throws SQLException;
  }

  private Execution step(String workflowId, Step step) {
    return jdbc.transaction(
        "update an execution",
        connection -> {
          List<Execution> now = select(connection, "workflow_id = ? FOR UPDATE", 1, workflowId);
          if (now.isEmpty()) {
            throw new ExecutionStateException(
                "no execution %s is recorded; allocate it first".formatted(workflowId));
          }
          return step.from(connection, now.getFirst());
        });
  }

  private static ExecutionStateException refused(Execution now, String wanted) {
    return new ExecutionStateException(
        "%s is %s and can't be %s; run the id again for a new ordinal"
            .formatted(now.workflowId(), now.state(), wanted));
  }

  private static Execution update(Connection connection, String workflowId, String sql)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, workflowId);
      update.executeUpdate();
    }
    return select(connection, "workflow_id = ?", 1, workflowId).getFirst();
  }

  @Override
  public Optional<Execution> find(String workflowId) {
    return jdbc.transaction(
        "find an execution",
        connection -> select(connection, "workflow_id = ?", 1, workflowId).stream().findFirst());
  }

  @Override
  public Optional<Execution> latest(String kind, String id) {
    return jdbc.transaction(
        "find an execution",
        connection ->
            select(connection, "kind = ? AND id = ? ORDER BY ordinal DESC", 1, kind, id).stream()
                .findFirst());
  }

  @Override
  public List<Execution> list(String kind, int limit) {
    Bounds.atMost("executions to list", limit, Registry.MAX_PAGE);
    return jdbc.transaction(
        "list executions",
        connection ->
            select(
                connection,
                "kind = ? ORDER BY allocated DESC, workflow_id LIMIT " + limit,
                limit,
                kind));
  }

  private static List<Execution> select(
      Connection connection, String where, int limit, String... arguments) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM registry.execution WHERE %s".formatted(COLUMNS, where))) {
      select.setMaxRows(limit);
      for (int i = 0; i < arguments.length; i++) {
        select.setString(i + 1, arguments[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        List<Execution> found = new ArrayList<>();
        while (row.next()) {
          found.add(execution(row));
        }
        return found;
      }
    }
  }

  private static Execution execution(ResultSet row) throws SQLException {
    ExecutionState state = ExecutionState.valueOf(row.getString(6));
    return new Execution(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        Columns.digest(row, 5),
        state,
        row.getTimestamp(7).toInstant(),
        state == ExecutionState.SEALED ? Optional.of(seal(row)) : Optional.empty());
  }

  private static Seal seal(ResultSet row) throws SQLException {
    return new Seal(
        Columns.digest(row, 8),
        row.getLong(9),
        row.getLong(10),
        Columns.jsonObject(row, 11, "summary of " + row.getString(1)));
  }
}
