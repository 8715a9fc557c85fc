package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.SortedMap;
import java.util.TreeMap;

final class PgObservationIndex implements ObservationIndex {
  private static final String SAVE =
      """
      INSERT INTO registry.observation (workflow_id, ordinal, check_id, digest) VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String READ =
      """
      SELECT ordinal, check_id, digest FROM registry.observation
      WHERE workflow_id = ? AND ordinal >= ? AND ordinal < ?
      """;

  private final Jdbc jdbc;

  PgObservationIndex(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Sha256 save(String workflowId, int ordinal, String check, Sha256 digest) {
    jdbc.transaction(
        "save an observation",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(SAVE)) {
            insert.setString(1, workflowId);
            insert.setInt(2, ordinal);
            insert.setString(3, check);
            insert.setBytes(4, digest.bytes());
            return insert.executeUpdate();
          }
        });
    SortedMap<String, Sha256> saved = read(workflowId, ordinal, ordinal + 1).get(ordinal);
    if (saved == null || !saved.containsKey(check)) {
      throw new RegistryException(
          "%s, run %d: the observation of %s was saved and isn't there"
              .formatted(workflowId, ordinal, check));
    }
    return saved.get(check);
  }

  @Override
  public SortedMap<Integer, SortedMap<String, Sha256>> read(String workflowId, int from, int to) {
    Bounds.atMost("runs to read observations of", to - from, Registry.BATCH);
    return jdbc.transaction(
        "read observations",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setString(1, workflowId);
            select.setInt(2, from);
            select.setInt(3, to);
            try (ResultSet row = select.executeQuery()) {
              SortedMap<Integer, SortedMap<String, Sha256>> found = new TreeMap<>();
              while (row.next()) {
                found
                    .computeIfAbsent(row.getInt(1), _ -> new TreeMap<>())
                    .put(row.getString(2), Columns.digest(row, 3));
              }
              return found;
            }
          }
        });
  }
}
