package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.verdict.PlannedChecks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

final class PgPlans implements Plans {
  private static final String TARGET =
      "registry.plan_row (workflow_id, ordinal, system, experiment, run_id, run_digest, source,"
          + " artifacts_now, artifacts_first, duplicates)";

  private static final String SHARD =
      """
      SELECT ordinal, system, experiment, run_id, run_digest, source, artifacts_now, artifacts_first,
        duplicates
      FROM registry.plan_row WHERE workflow_id = ? AND ordinal >= ? AND ordinal < ? ORDER BY ordinal
      """;

  private static final String FIND =
      """
      SELECT ordinal, system, experiment, run_id, run_digest, source, artifacts_now, artifacts_first,
        duplicates
      FROM registry.plan_row
      WHERE workflow_id = ? AND system = ? AND experiment = ? AND run_id = ? AND run_digest = ?
      ORDER BY ordinal LIMIT 1
      """;

  private final Jdbc jdbc;

  PgPlans(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public int write(
      String workflowId,
      PlannedChecks checks,
      Iterator<PlanRow> rows,
      Supplier<PlanHeader> header) {
    return jdbc.transaction(
        "write a plan",
        connection -> {
          lock(connection, workflowId);
          Optional<PlanHeader> known = header(connection, workflowId);
          if (known.isPresent()) {
            rows.forEachRemaining(_ -> {});
            return same(workflowId, known.get(), header.get().digest());
          }
          int count = copy(connection, workflowId, rows);
          insert(connection, workflowId, count, header.get(), checks);
          return count;
        });
  }

  private static void insert(
      Connection connection, String workflowId, int count, PlanHeader header, PlannedChecks checks)
      throws SQLException {
    if (header.rowCount() != count) {
      throw new IllegalArgumentException(
          "the plan of %s has %d rows, its header says %d"
              .formatted(workflowId, count, header.rowCount()));
    }
    byte[] headerBytes = CanonicalJson.encode(header.header());
    Bounds.atMost("bytes of a plan's header", headerBytes.length, MAX_HEADER_BYTES);
    byte[] checkBytes = checks.toJson();
    Bounds.atMost("bytes of a plan's checks", checkBytes.length, MAX_HEADER_BYTES);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO registry.plan (workflow_id, digest, header, row_count, checks) VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, workflowId);
      insert.setBytes(2, header.digest().bytes());
      insert.setBytes(3, headerBytes);
      insert.setInt(4, count);
      insert.setBytes(5, checkBytes);
      insert.executeUpdate();
    }
  }

  /** Two writers of one plan: the second waits, then finds the first one's. */
  private static void lock(Connection connection, String workflowId) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, "assay plan " + workflowId);
      lock.execute();
    }
  }

  private static int copy(Connection connection, String workflowId, Iterator<PlanRow> rows)
      throws SQLException {
    try (BinaryCopy copy = BinaryCopy.into(connection, TARGET)) {
      Optional<PlanRow> last = Optional.empty();
      while (rows.hasNext()) {
        PlanRow row = rows.next();
        checkOrder(last, row);
        copy.row(10)
            .text(workflowId)
            .integer(row.ordinal())
            .text(row.identity().system())
            .text(row.identity().experiment())
            .text(row.identity().runId())
            .bytes(row.runDigest().bytes())
            .text(row.source())
            .bytes(row.artifactsNow().map(Sha256::bytes))
            .bytes(row.artifactsFirst().map(Sha256::bytes))
            .bytes(row.duplicates().map(Sha256::bytes));
        last = Optional.of(row);
      }
      return Math.toIntExact(copy.finish());
    }
  }

  private static void checkOrder(Optional<PlanRow> last, PlanRow row) {
    int expected = last.map(before -> before.ordinal() + 1).orElse(0);
    boolean inOrder =
        last.isEmpty() || PlanOrder.REVISIONS.compare(last.get().key(), row.key()) <= 0;
    if (row.ordinal() != expected || !inOrder) {
      throw new IllegalArgumentException(
          "a plan's rows come by identity and digest with ordinals from 0: row %d expected, got row %d, %s"
              .formatted(expected, row.ordinal(), row.identity()));
    }
  }

  private static int same(String workflowId, PlanHeader known, Sha256 planDigest) {
    if (!known.digest().equals(planDigest)) {
      throw new RecordConflictException(
          "%s has plan %s, another plan %s can't take its place; run the id again for a new ordinal"
              .formatted(workflowId, known.digest(), planDigest));
    }
    return known.rowCount();
  }

  @Override
  public Optional<PlanHeader> header(String workflowId) {
    return jdbc.transaction("read a plan's header", connection -> header(connection, workflowId));
  }

  private static Optional<PlanHeader> header(Connection connection, String workflowId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT digest, header, row_count FROM registry.plan WHERE workflow_id = ?")) {
      select.setString(1, workflowId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new PlanHeader(
                    Columns.digest(row, 1),
                    Columns.jsonObject(row, 2, "plan of " + workflowId),
                    row.getInt(3)))
            : Optional.empty();
      }
    }
  }

  @Override
  public PlannedChecks checks(String workflowId) {
    return jdbc.transaction(
        "read a plan's checks",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT checks FROM registry.plan WHERE workflow_id = ?")) {
            select.setString(1, workflowId);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new EvidenceDamagedException(
                    "the registry has no plan of %s".formatted(workflowId));
              }
              return PlannedChecks.read(row.getBytes(1));
            }
          } catch (JsonException | IllegalArgumentException e) {
            throw new EvidenceDamagedException(
                "the checks of the plan of %s: %s. Restore the row of registry.plan from a backup, or validate the runs again"
                    .formatted(workflowId, e.getMessage()));
          }
        });
  }

  @Override
  public int count(String workflowId) {
    return header(workflowId).map(PlanHeader::rowCount).orElse(0);
  }

  @Override
  public List<PlanRow> shard(String workflowId, int from, int to) {
    Bounds.range(from, to, Registry.MAX_PAGE);
    return jdbc.transaction(
        "read a shard of a plan",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SHARD)) {
            select.setString(1, workflowId);
            select.setInt(2, from);
            select.setInt(3, to);
            try (ResultSet row = select.executeQuery()) {
              List<PlanRow> rows = new ArrayList<>(to - from);
              while (row.next()) {
                rows.add(planRow(workflowId, row));
              }
              return complete(workflowId, from, to, rows);
            }
          }
        });
  }

  @Override
  public Optional<PlanRow> find(String workflowId, RevisionKey revision) {
    return jdbc.transaction(
        "find a run in a plan",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, workflowId);
            select.setString(2, revision.identity().system());
            select.setString(3, revision.identity().experiment());
            select.setString(4, revision.identity().runId());
            select.setBytes(5, revision.digest().bytes());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(planRow(workflowId, row)) : Optional.empty();
            }
          }
        });
  }

  private static List<PlanRow> complete(String workflowId, int from, int to, List<PlanRow> rows) {
    for (int i = 0; i < to - from; i++) {
      if (i >= rows.size() || rows.get(i).ordinal() != from + i) {
        throw new EvidenceDamagedException(
            "the plan of %s has no row %d, asked for [%d, %d); is the range within the plan?"
                .formatted(workflowId, from + i, from, to));
      }
    }
    return rows;
  }

  private static PlanRow planRow(String workflowId, ResultSet row) throws SQLException {
    try {
      return new PlanRow(
          row.getInt(1),
          Columns.identity(row, 2),
          Columns.digest(row, 5),
          row.getString(6),
          Columns.optionalDigest(row, 7),
          Columns.optionalDigest(row, 8),
          Columns.optionalDigest(row, 9));
    } catch (IllegalArgumentException e) {
      throw new EvidenceDamagedException(
          "the plan of %s, row %d, run %s/%s/%s with digest %s: %s. Restore the row of registry.plan_row from a backup, or validate the run again"
              .formatted(
                  workflowId,
                  row.getInt(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  HexFormat.of().formatHex(row.getBytes(5)),
                  e.getMessage()),
          e);
    }
  }
}
