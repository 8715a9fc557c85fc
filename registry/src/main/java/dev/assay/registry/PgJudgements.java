package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

final class PgJudgements implements Judgements {
  private static final String SAVE =
      """
      INSERT INTO registry.judgement (workflow_id, ordinal, verdict, findings_digest, findings)
      SELECT ?, j.* FROM unnest(?::int[], ?::text[], ?::bytea[], ?::bytea[]) AS j
      ON CONFLICT DO NOTHING
      """;

  private static final String RECORDED =
      """
      SELECT ordinal, verdict, findings_digest FROM registry.judgement
      WHERE workflow_id = ? AND ordinal = ANY(?::int[]) ORDER BY ordinal
      """;

  private static final String READ =
      """
      SELECT ordinal, verdict, findings_digest, findings
      FROM registry.judgement WHERE workflow_id = ? AND ordinal >= ? AND ordinal < ? ORDER BY ordinal
      """;

  private static final String COUNTS =
      "SELECT verdict, count(*) FROM registry.judgement WHERE workflow_id = ? GROUP BY verdict";

  private final Jdbc jdbc;

  PgJudgements(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(String workflowId, List<JudgementRow> rows) {
    for (int from = 0; from < rows.size(); from += Registry.BATCH) {
      List<JudgementRow> batch =
          rows.subList(from, Math.min(rows.size(), from + Registry.BATCH)).stream()
              .sorted(Comparator.comparingInt(JudgementRow::planOrdinal))
              .toList();
      jdbc.transaction(
          "save judgements",
          connection -> {
            int inserted = insert(connection, workflowId, batch);
            if (inserted < batch.size()) {
              refuseConflicts(connection, workflowId, batch);
            }
            return inserted;
          });
    }
  }

  private static int insert(Connection connection, String workflowId, List<JudgementRow> batch)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SAVE)) {
      insert.setString(1, workflowId);
      insert.setObject(2, Jdbc.array(connection, "int4", batch, JudgementRow::planOrdinal));
      insert.setObject(3, Jdbc.array(connection, "text", batch, row -> row.verdict().name()));
      insert.setObject(
          4, Jdbc.array(connection, "bytea", batch, row -> row.findingsDigest().bytes()));
      insert.setObject(5, Jdbc.array(connection, "bytea", batch, row -> row.findings().body()));
      return insert.executeUpdate();
    }
  }

  private static void refuseConflicts(
      Connection connection, String workflowId, List<JudgementRow> batch) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RECORDED)) {
      select.setString(1, workflowId);
      select.setObject(2, Jdbc.array(connection, "int4", batch, JudgementRow::planOrdinal));
      Map<Integer, Content> recorded = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          recorded.put(
              row.getInt(1),
              new Content(verdict(workflowId, row.getString(2)), Columns.digest(row, 3)));
        }
      }
      for (JudgementRow row : batch) {
        Content given = new Content(row.verdict(), row.findingsDigest());
        Content known = recorded.getOrDefault(row.planOrdinal(), given);
        if (!known.equals(given)) {
          throw new RecordConflictException(
              ("%s, plan ordinal %d: recorded is %s, given was %s; equal inputs gave two results, so run"
                      + " `reproduce` and report the difference")
                  .formatted(workflowId, row.planOrdinal(), known, given));
        }
      }
    }
  }

  private static RunVerdict verdict(String workflowId, String text) {
    return Stream.of(RunVerdict.values())
        .filter(verdict -> verdict.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new EvidenceDamagedException(
                    "a judgement of %s has verdict '%s', which is none of %s. Restore the row of registry.judgement from a backup, or validate the runs again"
                        .formatted(workflowId, text, List.of(RunVerdict.values()))));
  }

  /** What makes two judgements the same. */
  private record Content(RunVerdict verdict, Sha256 findingsDigest) {
    @Override
    public String toString() {
      return verdict + " with findings " + findingsDigest;
    }
  }

  @Override
  public List<JudgementRow> read(String workflowId, int from, int to) {
    Bounds.range(from, to, Registry.MAX_PAGE);
    return jdbc.transaction(
        "read judgements",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.unwrap(PGStatement.class).setPrepareThreshold(-1); // findings as binary, not hex
            select.setString(1, workflowId);
            select.setInt(2, from);
            select.setInt(3, to);
            try (ResultSet row = select.executeQuery()) {
              List<JudgementRow> rows = new ArrayList<>();
              while (row.next()) {
                PackedFindings findings =
                    new PackedFindings(Columns.digest(row, 3), row.getBytes(4));
                rows.add(
                    new JudgementRow(
                        row.getInt(1), verdict(workflowId, row.getString(2)), findings));
              }
              return rows;
            }
          }
        });
  }

  @Override
  public Map<RunVerdict, Integer> counts(String workflowId) {
    return jdbc.transaction(
        "count judgements",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(COUNTS)) {
            select.setString(1, workflowId);
            try (ResultSet row = select.executeQuery()) {
              Map<RunVerdict, Integer> counts = new EnumMap<>(RunVerdict.class);
              while (row.next()) {
                counts.put(verdict(workflowId, row.getString(1)), row.getInt(2));
              }
              return counts;
            }
          }
        });
  }
}
