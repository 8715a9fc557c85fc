package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import dev.assay.model.run.Source;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGStatement;

final class PgRunRevisions implements RunRevisions {
  /** Rows in flight from the server; their packed bodies are the memory a shard's read needs. */
  private static final int FETCH = 200;

  private static final String FIND =
      """
      SELECT digest, system, experiment, run_id, source, body
      FROM registry.run_revision WHERE digest = ? ORDER BY system LIMIT 1
      """;

  private static final String READ =
      """
      SELECT r.digest, r.system, r.experiment, r.run_id, r.source, r.body, k.n
      FROM unnest(?::bytea[], ?::text[]) WITH ORDINALITY AS k(digest, system, n)
      JOIN registry.run_revision r ON r.digest = k.digest AND r.system = k.system COLLATE "C"
      ORDER BY k.n
      """;

  private static final String NAMES =
      """
      SELECT r.name, k.n
      FROM unnest(?::bytea[], ?::text[]) WITH ORDINALITY AS k(digest, system, n)
      JOIN registry.run_revision r ON r.digest = k.digest AND r.system = k.system COLLATE "C"
      ORDER BY k.n
      """;

  private final Jdbc jdbc;

  PgRunRevisions(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public int save(List<RevisionRow> rows) {
    int saved = 0;
    for (int from = 0; from < rows.size(); from += Registry.BATCH) {
      NewRevisions batch =
          new NewRevisions(rows.subList(from, Math.min(rows.size(), from + Registry.BATCH)));
      saved += jdbc.insertMissing("save run revisions", batch.keys(), batch::insert);
    }
    return saved;
  }

  @Override
  public Optional<Run> find(Sha256 digest) {
    return jdbc.transaction(
        "find a run revision",
        connection -> {
          try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setBytes(1, digest.bytes());
            try (ResultSet row = find.executeQuery()) {
              return row.next() ? Optional.of(run(row, row.getString(5))) : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<Run> read(List<RevisionKey> keys) {
    return read(keys, Optional.empty());
  }

  @Override
  public List<Run> readPlanned(List<PlanRow> rows) {
    return read(
        rows.stream().map(PlanRow::key).toList(),
        Optional.of(rows.stream().map(PlanRow::source).toList()));
  }

  private List<Run> read(List<RevisionKey> keys, Optional<List<String>> sources) {
    Bounds.atMost("run revisions to read", keys.size(), Registry.BATCH);
    return jdbc.transaction(
        "read run revisions",
        connection -> {
          Jdbc.probeIndexes(connection);
          List<Run> runs = new ArrayList<>(keys.size());
          try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.unwrap(PGStatement.class).setPrepareThreshold(-1); // bodies as binary, not hex
            read.setFetchSize(FETCH);
            read.setObject(1, Jdbc.array(connection, "bytea", keys, key -> key.digest().bytes()));
            read.setObject(2, Jdbc.array(connection, "text", keys, key -> key.identity().system()));
            try (ResultSet row = read.executeQuery()) {
              while (row.next()) {
                int at = runs.size();
                RevisionKey key = keys.get(at);
                if (row.getLong(7) != at + 1) {
                  throw missing(key);
                }
                Run run = run(row, sources.isPresent() ? sources.get().get(at) : row.getString(5));
                if (!run.identity().equals(key.identity())) {
                  throw damaged(key, "the content is of run " + run.identity());
                }
                runs.add(run);
              }
            }
          }
          if (runs.size() < keys.size()) {
            throw missing(keys.get(runs.size()));
          }
          return runs;
        });
  }

  @Override
  public List<String> names(List<RevisionKey> keys) {
    Bounds.atMost("run names to read", keys.size(), Registry.BATCH);
    return jdbc.transaction(
        "read names of runs",
        connection -> {
          List<String> names = new ArrayList<>(keys.size());
          try (PreparedStatement read = connection.prepareStatement(NAMES)) {
            read.setObject(1, Jdbc.array(connection, "bytea", keys, key -> key.digest().bytes()));
            read.setObject(2, Jdbc.array(connection, "text", keys, key -> key.identity().system()));
            try (ResultSet row = read.executeQuery()) {
              while (row.next()) {
                if (row.getLong(2) != names.size() + 1) {
                  throw missing(keys.get(names.size()));
                }
                names.add(row.getString(1));
              }
            }
          }
          if (names.size() < keys.size()) {
            throw missing(keys.get(names.size()));
          }
          return names;
        });
  }

  private static Run run(ResultSet row, String source) throws SQLException {
    PackedRun packed = new PackedRun(Sha256.ofBytes(row.getBytes(1)), row.getBytes(6));
    RevisionKey key = new RevisionKey(Columns.identity(row, 2), packed.digest());
    Run run = packed.unpack(key.identity(), new Source(key.identity().system(), source));
    if (!run.identity().equals(key.identity())) {
      throw damaged(key, "the content is of run " + run.identity());
    }
    return run;
  }

  private static EvidenceDamagedException missing(RevisionKey key) {
    return RevisionKey.damaged(
        key, "no such row", "Restore the row from a backup, or import the run again");
  }

  private static EvidenceDamagedException damaged(RevisionKey key, String what) {
    return RevisionKey.damaged(key, what, "Restore the row from a backup");
  }
}
