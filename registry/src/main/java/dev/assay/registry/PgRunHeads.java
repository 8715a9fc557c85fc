package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.RunReference;
import dev.assay.model.run.RunIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

final class PgRunHeads implements RunHeads {
  private static final String COMPARE =
      """
      SELECT h.run_digest, h.entry_index
      FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS k(system, experiment, run_id, n)
      LEFT JOIN registry.run_head h ON h.ledger = ? AND h.system = k.system COLLATE "C"
        AND h.experiment = k.experiment COLLATE "C" AND h.run_id = k.run_id COLLATE "C"
      ORDER BY k.n
      """;

  private static final String ADVANCE =
      """
      INSERT INTO registry.run_head AS h (ledger, system, experiment, run_id, run_digest, entry_index)
      SELECT ?, k.* FROM unnest(?::text[], ?::text[], ?::text[], ?::bytea[], ?::bigint[]) AS k
      ON CONFLICT (ledger, system, experiment, run_id) DO UPDATE
      SET run_digest = excluded.run_digest, entry_index = excluded.entry_index
      WHERE h.entry_index < excluded.entry_index
      """;

  private static final String FIRST_ARTIFACTS =
      """
      INSERT INTO registry.artifacts_first (system, experiment, run_id, artifacts)
      SELECT DISTINCT ON (system, experiment, run_id) system, experiment, run_id, artifacts_now
      FROM registry.import_member WHERE set_id = ? AND artifacts_now IS NOT NULL
      ORDER BY system, experiment, run_id, run_digest, artifacts_now
      ON CONFLICT DO NOTHING
      """;

  private static final String MEANT =
      """
      SELECT system, experiment, run_id, entry_index FROM registry.run_head
      WHERE ledger = ? AND %s ORDER BY system, experiment, run_id LIMIT ?
      """;

  private static final String OF_THIS_ID = MEANT.formatted("run_id = ?");

  private static final String BEGINNING_SO =
      MEANT.formatted(
          """
          (starts_with(run_id, ?)
            OR length(?) >= 4 AND starts_with(encode(run_digest, 'hex'), ?))""");

  /** As {@link RunReference#fit} has it; an identity is written with %2F and %25. */
  private static final String FITTING =
      """
      SELECT h.system, h.experiment, h.run_id, h.run_digest
      FROM (SELECT *, system || '/' || replace(replace(experiment, '%', '%25'), '/', '%2F') || '/'
          || replace(replace(run_id, '%', '%25'), '/', '%2F') AS identity
        FROM registry.run_head WHERE ledger = ?) h, (SELECT ?::text AS wanted) r
      WHERE identity = wanted OR run_id = wanted
        OR length(wanted) >= 8 AND starts_with(encode(run_digest, 'hex'), wanted)
      ORDER BY identity = wanted DESC, run_id = wanted DESC, system, experiment, run_id LIMIT ?
      """;

  private final Jdbc jdbc;

  PgRunHeads(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<HeadState> compare(String ledger, List<RevisionKey> revisions) {
    Bounds.atMost("revisions to compare", revisions.size(), Registry.BATCH);
    return jdbc.transaction(
        "compare run heads",
        connection -> {
          Jdbc.probeIndexes(connection);
          try (PreparedStatement select = connection.prepareStatement(COMPARE)) {
            Columns.bindIdentities(select, 1, revisions, RevisionKey::identity);
            select.setString(4, ledger);
            try (ResultSet row = select.executeQuery()) {
              List<HeadState> states = new ArrayList<>(revisions.size());
              while (row.next()) {
                states.add(state(row, 1, revisions.get(states.size()).digest()));
              }
              return states;
            }
          }
        });
  }

  @Override
  public void advance(String ledger, List<HeadAdvance> advances) {
    Bounds.atMost("heads to advance", advances.size(), Registry.BATCH);
    // One row an identity, and locked in one order: neither a conflict in itself nor a deadlock.
    TreeMap<RunIdentity, HeadAdvance> latest = new TreeMap<>();
    advances.forEach(
        advance ->
            latest.merge(
                advance.revision().identity(),
                advance,
                (a, b) -> a.entryIndex() >= b.entryIndex() ? a : b));
    List<HeadAdvance> rows = List.copyOf(latest.values());
    jdbc.transaction(
        "advance run heads",
        connection -> {
          try (PreparedStatement upsert = connection.prepareStatement(ADVANCE)) {
            upsert.setString(1, ledger);
            Columns.bindIdentities(upsert, 2, rows, row -> row.revision().identity());
            upsert.setObject(
                5, Jdbc.array(connection, "bytea", rows, row -> row.revision().digest().bytes()));
            upsert.setObject(6, Jdbc.array(connection, "bigint", rows, HeadAdvance::entryIndex));
            return upsert.executeUpdate();
          }
        });
  }

  @Override
  public int recordFirstArtifacts(UUID setId) {
    return jdbc.transaction(
        "record first artifact digests",
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(FIRST_ARTIFACTS)) {
            insert.setObject(1, setId);
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public List<RecordedRun> meant(String ledger, String written, int most) {
    return jdbc.transaction(
        "find a run",
        connection -> {
          List<RecordedRun> exact = runs(connection, OF_THIS_ID, most, ledger, written);
          return exact.isEmpty()
              ? runs(connection, BEGINNING_SO, most, ledger, written, written, written)
              : exact;
        });
  }

  @Override
  public List<RevisionKey> fitting(String ledger, RunReference reference, int most) {
    return jdbc.transaction(
        "find the run that a policy names",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(FITTING)) {
            select.setString(1, ledger);
            select.setString(2, reference.text());
            select.setInt(3, most);
            try (ResultSet row = select.executeQuery()) {
              List<RevisionKey> found = new ArrayList<>();
              while (row.next()) {
                found.add(new RevisionKey(Columns.identity(row, 1), Columns.digest(row, 4)));
              }
              return found;
            }
          }
        });
  }

  private static List<RecordedRun> runs(
      Connection connection, String sql, int most, String... texts) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int at = 1;
      for (String text : texts) {
        select.setString(at++, text);
      }
      select.setInt(at, most);
      try (ResultSet row = select.executeQuery()) {
        List<RecordedRun> found = new ArrayList<>();
        while (row.next()) {
          found.add(new RecordedRun(Columns.identity(row, 1), row.getLong(4)));
        }
        return found;
      }
    }
  }

  /** From a head's digest and entry index in two columns, both null if there is none. */
  static HeadState state(ResultSet row, int first, Sha256 digest) throws SQLException {
    Optional<Sha256> head = Columns.optionalDigest(row, first);
    if (head.isEmpty()) {
      return new HeadState.New();
    }
    long entryIndex = row.getLong(first + 1);
    return head.get().equals(digest)
        ? new HeadState.Same(entryIndex)
        : new HeadState.Changed(head.get(), entryIndex);
  }
}
