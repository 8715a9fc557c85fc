package dev.assay.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

final class PgShards implements Shards {
  private static final String SAVE =
      """
      INSERT INTO registry.shard_result (workflow_id, from_ordinal, to_ordinal, digest, signature, key_id)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String READ =
      """
      SELECT from_ordinal, to_ordinal, digest, signature, key_id
      FROM registry.shard_result WHERE workflow_id = ? AND from_ordinal >= ? ORDER BY from_ordinal LIMIT ?
      """;

  private final Jdbc jdbc;

  PgShards(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public ShardResult save(String workflowId, ShardResult result) {
    return jdbc.transaction(
        "save a shard's result",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(SAVE)) {
            insert.setString(1, workflowId);
            insert.setInt(2, result.from());
            insert.setInt(3, result.to());
            insert.setBytes(4, result.digest().bytes());
            insert.setBytes(5, result.signature());
            insert.setString(6, result.keyId());
            if (insert.executeUpdate() == 1) {
              return result;
            }
          }
          ShardResult known = read(connection, workflowId, result.from(), 1).getFirst();
          if (known.to() != result.to() || !known.digest().equals(result.digest())) {
            throw new RecordConflictException(
                "%s, shard at %d: recorded is [%d, %d) with digest %s, given was [%d, %d) with %s"
                    .formatted(
                        workflowId,
                        known.from(),
                        known.from(),
                        known.to(),
                        known.digest(),
                        result.from(),
                        result.to(),
                        result.digest()));
          }
          return known;
        });
  }

  @Override
  public List<ShardResult> read(String workflowId, int from, int limit) {
    Bounds.atMost("shards to read", limit, Registry.MAX_PAGE);
    return jdbc.transaction(
        "read shard results", connection -> read(connection, workflowId, from, limit));
  }

  private static List<ShardResult> read(
      Connection connection, String workflowId, int from, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      select.setString(1, workflowId);
      select.setInt(2, from);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        List<ShardResult> results = new ArrayList<>();
        while (row.next()) {
          results.add(
              new ShardResult(
                  row.getInt(1),
                  row.getInt(2),
                  Columns.digest(row, 3),
                  row.getBytes(4),
                  row.getString(5)));
        }
        return results;
      }
    }
  }
}
