package dev.assay.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

final class PgImportSets implements ImportSets {
  private static final int FETCH = 1_000;

  private static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT DISTINCT system, experiment, run_id, run_digest, artifacts_now
        FROM registry.import_member WHERE set_id = ?) m
      """;

  private static final String SORTED =
      """
      WITH members AS MATERIALIZED (
        SELECT system, experiment, run_id, run_digest, artifacts_now, min(source) AS source
        FROM registry.import_member WHERE set_id = ?
        GROUP BY system, experiment, run_id, run_digest, artifacts_now)
      SELECT m.system, m.experiment, m.run_id, m.run_digest, m.source, m.artifacts_now, f.artifacts,
        h.run_digest, h.entry_index,
        count(*) OVER (PARTITION BY m.system, m.experiment, m.run_id)
      FROM members m
      LEFT JOIN registry.artifacts_first f USING (system, experiment, run_id)
      LEFT JOIN registry.run_head h ON h.ledger = ? AND h.system = m.system
        AND h.experiment = m.experiment AND h.run_id = m.run_id
      ORDER BY m.system, m.experiment, m.run_id, m.run_digest, m.artifacts_now NULLS FIRST
      """;

  private final Jdbc jdbc;

  PgImportSets(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public UUID create() {
    UUID id = UUID.randomUUID();
    return jdbc.transaction(
        "create an import set",
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT INTO registry.import_set (id) VALUES (?)")) {
            insert.setObject(1, id);
            insert.executeUpdate();
          }
          return id;
        });
  }

  @Override
  public void add(UUID setId, List<SetMember> members) {
    for (int from = 0; from < members.size(); from += Registry.BATCH) {
      List<SetMember> batch =
          members.subList(from, Math.min(members.size(), from + Registry.BATCH));
      jdbc.transaction("add to an import set", connection -> addBatch(connection, setId, batch));
    }
  }

  @Override
  public int add(UUID setId, List<RevisionRow> revisions, List<SetMember> members) {
    Bounds.atMost("revisions to save with members", revisions.size(), Registry.BATCH);
    Bounds.atMost("members to add with revisions", members.size(), Registry.BATCH);
    NewRevisions batch = new NewRevisions(revisions);
    return jdbc.insertMissing(
        "add runs to an import set",
        batch.keys(),
        connection -> {
          // Members first: who waits for the set's row holds no revision that another waits for.
          addBatch(connection, setId, members);
          return batch.insert(connection);
        });
  }

  private static long addBatch(Connection connection, UUID setId, List<SetMember> batch)
      throws SQLException {
    // Shared: a set can't be closed while something is being added to it.
    if (closedMembers(connection, setId, "FOR SHARE").isPresent()) {
      throw new ExecutionStateException(
          "import set %s is closed; make a new one for more runs".formatted(setId));
    }
    try (BinaryCopy copy =
        BinaryCopy.into(
            connection,
            "registry.import_member (set_id, system, experiment, run_id, run_digest, source, artifacts_now)")) {
      for (SetMember member : batch) {
        copy.row(7)
            .uuid(setId)
            .text(member.identity().system())
            .text(member.identity().experiment())
            .text(member.identity().runId())
            .bytes(member.runDigest().bytes())
            .text(member.source())
            .bytes(member.artifactsNow().map(digest -> digest.bytes()));
      }
      return copy.finish();
    }
  }

  @Override
  public long close(UUID setId) {
    return jdbc.transaction(
        "close an import set",
        connection -> {
          OptionalLong closed = closedMembers(connection, setId, "FOR UPDATE");
          if (closed.isPresent()) {
            return closed.getAsLong();
          }
          long members = count(connection, setId);
          Bounds.atMost("members of an import set", members, MAX_MEMBERS);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE registry.import_set SET closed = now(), members = ? WHERE id = ?")) {
            update.setLong(1, members);
            update.setObject(2, setId);
            update.executeUpdate();
          }
          return members;
        });
  }

  @Override
  public <T> T sorted(UUID setId, String ledger, Function<Iterator<SortedMember>, T> reader) {
    return jdbc.transaction(
        "read an import set",
        connection -> {
          if (closedMembers(connection, setId, "").isEmpty()) {
            throw new ExecutionStateException(
                "import set %s is still open; close it before it is planned".formatted(setId));
          }
          try (var settings = connection.createStatement()) {
            // Whole tables are joined here; a nested loop over one without statistics is quadratic.
            settings.execute(
                "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off; SET LOCAL jit = off");
          }
          try (PreparedStatement select = connection.prepareStatement(SORTED)) {
            select.setFetchSize(FETCH);
            select.setObject(1, setId);
            select.setString(2, ledger);
            try (ResultSet rows = select.executeQuery()) {
              return reader.apply(new Members(rows));
            }
          }
        });
  }

  /** Members of a closed set; empty for an open one. */
  private static OptionalLong closedMembers(Connection connection, UUID setId, String lock)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT members FROM registry.import_set WHERE id = ? " + lock)) {
      select.setObject(1, setId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new ExecutionStateException(
              "no import set %s; it is made by an import into this database".formatted(setId));
        }
        long members = row.getLong(1);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(members);
      }
    }
  }

  private static long count(Connection connection, UUID setId) throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setObject(1, setId);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Reads ahead by one row. */
  private static final class Members implements Iterator<SortedMember> {
    private final ResultSet rows;
    private int ordinal;
    private boolean ready;

    Members(ResultSet rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      try {
        ready = ready || rows.next();
        return ready;
      } catch (SQLException e) {
        throw Jdbc.failure("read an import set", e);
      }
    }

    @Override
    public SortedMember next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the import set ends after %d members".formatted(ordinal));
      }
      ready = false;
      try {
        SetMember member =
            new SetMember(
                Columns.identity(rows, 1),
                Columns.digest(rows, 4),
                rows.getString(5),
                Columns.optionalDigest(rows, 6));
        return new SortedMember(
            ordinal++,
            member,
            Columns.optionalDigest(rows, 7),
            PgRunHeads.state(rows, 8, member.runDigest()),
            rows.getInt(10));
      } catch (SQLException e) {
        throw Jdbc.failure("read an import set", e);
      }
    }
  }
}
