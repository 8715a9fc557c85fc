package dev.assay.registry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Inserts those rows of a batch that aren't in the table. The look-up and a COPY straight into the
 * table cost the server half of a COPY into a temporary table and an INSERT … ON CONFLICT from
 * there, which writes each body twice. A COPY has no ON CONFLICT: another writer's row that comes
 * in between ends it with a unique_violation, see {@link Jdbc#insertMissing}.
 */
final class NewRevisions {
  static final String KNOWN =
      """
      SELECT k.n
      FROM unnest(?::bytea[], ?::text[]) WITH ORDINALITY AS k(digest, system, n)
      JOIN registry.run_revision r ON r.digest = k.digest AND r.system = k.system COLLATE "C"
      """;

  /**
   * Two writers that insert keys in one order don't deadlock: the second waits at the first key
   * they share, and holds only keys before it, which the first is past.
   */
  private static final Comparator<RevisionRow> LOCK_ORDER =
      Comparator.comparing((RevisionRow row) -> row.packed().digest())
          .thenComparing(row -> row.identity().system());

  private final List<RevisionRow> rows;

  /** Of rows with one key, the first counts. */
  NewRevisions(List<RevisionRow> batch) {
    List<RevisionRow> distinct = new ArrayList<>(batch.size());
    for (RevisionRow row : batch.stream().sorted(LOCK_ORDER).toList()) {
      if (distinct.isEmpty() || LOCK_ORDER.compare(distinct.getLast(), row) != 0) {
        distinct.add(row);
      }
    }
    this.rows = List.copyOf(distinct);
  }

  /** How many different keys there are. */
  int keys() {
    return rows.size();
  }

  /**
   * Inserts what isn't there, within the caller's transaction; returns how many rows.
   *
   * @throws SQLException with SQLSTATE 23505 if another writer was faster
   */
  int insert(Connection connection) throws SQLException {
    BitSet known = known(connection);
    if (known.cardinality() == rows.size()) {
      return 0;
    }
    return copy(connection, known);
  }

  /** Inserts all rows but the known. */
  int copy(Connection connection, BitSet known) throws SQLException {
    try (BinaryCopy copy =
        BinaryCopy.into(
            connection,
            "registry.run_revision (digest, system, experiment, run_id, source, name, status, body)")) {
      for (int i = known.nextClearBit(0); i < rows.size(); i = known.nextClearBit(i + 1)) {
        RevisionRow row = rows.get(i);
        copy.row(8)
            .bytes(row.packed().digest().bytes())
            .text(row.identity().system())
            .text(row.identity().experiment())
            .text(row.identity().runId())
            .text(row.source())
            .text(row.name())
            .text(row.status().name())
            .bytes(row.packed().body());
      }
      return Math.toIntExact(copy.finish());
    }
  }

  /** Places in {@link #rows} of what is there, as committed by now. */
  private BitSet known(Connection connection) throws SQLException {
    Jdbc.probeIndexes(connection);
    BitSet known = new BitSet(rows.size());
    try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
      select.setObject(
          1, Jdbc.array(connection, "bytea", rows, row -> row.packed().digest().bytes()));
      select.setObject(2, Jdbc.array(connection, "text", rows, row -> row.identity().system()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          known.set(Math.toIntExact(found.getLong(1) - 1));
        }
      }
    }
    return known;
  }
}
