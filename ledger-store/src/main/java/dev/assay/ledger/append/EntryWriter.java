package dev.assay.ledger.append;

import dev.assay.ledger.NewEntry;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.ledger.entry.EntryTable;
import dev.assay.ledger.entry.EntryTable.Field;
import dev.assay.ledger.entry.EntryTable.Form;
import dev.assay.ledger.tree.Tile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The statements of an append that write; the last one commits. */
final class EntryWriter {
  /** From so many entries on COPY is faster than INSERT. Measured: docs/formats/ledger.md. */
  static final int COPY_FROM = 500;

  /** 2000-01-01 in microseconds since 1970: where PostgreSQL's binary timestamps begin. */
  private static final long POSTGRES_EPOCH = 946_684_800_000_000L;

  private static final byte[] COPY_HEADER =
      ByteBuffer.allocate(19)
          .put("PGCOPY\n".getBytes(StandardCharsets.US_ASCII))
          .put((byte) 0xFF)
          .put("\r\n\0".getBytes(StandardCharsets.US_ASCII))
          .array();

  private static final String COLUMNS =
      "ledger, index, key, kind, actor, subject, outcome, occurred, recorded, workflow_id, run_id,"
          + " activity, payload, leaf_hash, chain_hash";

  private static final String COPY =
      "COPY ledger.entries (%s) FROM STDIN (FORMAT binary)".formatted(COLUMNS);

  private static final String INSERT =
      """
      INSERT INTO ledger.entries (%s)
      SELECT ?, ? + n - 1, key, kind, actor, subject, outcome, occurred, ?, workflow_id, run_id,
        activity, payload, leaf_hash, chain_hash
      FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
        ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[]) WITH ORDINALITY
        AS t (key, kind, actor, subject, outcome, occurred, workflow_id, run_id, activity,
          payload, leaf_hash, chain_hash, n);
      """
          .formatted(COLUMNS);

  private static final String INSERT_TILES =
      """
      INSERT INTO ledger.tiles (ledger, level, index, hashes, root)
      SELECT ?, level, index, hashes, root
      FROM unnest(?::int[], ?::bigint[], ?::bytea[], ?::bytea[]) AS t (level, index, hashes, root);
      """;

  private static final String MOVE_HEAD =
      """
      UPDATE ledger.heads SET size = ?, chain_hash = ?, edge = ?, recorded = ? WHERE ledger = ?;
      COMMIT
      """;

  private final Connection connection;
  private final String ledger;

  EntryWriter(Connection connection, String ledger) {
    this.connection = connection;
    this.ledger = ledger;
  }

  /** Writes and commits, in one round trip unless it is long. */
  void write(Extension extension) throws SQLException {
    boolean copy = extension.placed().size() >= COPY_FROM;
    if (copy) {
      copy(extension);
    }
    String sql =
        (copy ? "" : INSERT) + (extension.tiles().isEmpty() ? "" : INSERT_TILES) + MOVE_HEAD;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Parameters parameters = new Parameters(statement);
      if (!copy) {
        insert(parameters, extension);
      }
      if (!extension.tiles().isEmpty()) {
        tiles(parameters, extension.tiles());
      }
      parameters.add(extension.size());
      parameters.add(extension.chainHash());
      parameters.add(extension.edge());
      parameters.add(time(extension.recorded()));
      parameters.add(ledger);
      statement.execute();
    }
  }

  private final class Parameters {
    private final PreparedStatement statement;
    private int next = 1;

    Parameters(PreparedStatement statement) {
      this.statement = statement;
    }

    void add(Object value) throws SQLException {
      statement.setObject(next++, value);
    }

    void array(String type, Object[] values) throws SQLException {
      statement.setArray(next++, connection.createArrayOf(type, values));
    }
  }

  private void insert(Parameters parameters, Extension extension) throws SQLException {
    List<Placed> placed = extension.placed();
    parameters.add(ledger);
    parameters.add(extension.firstIndex());
    parameters.add(time(extension.recorded()));
    parameters.array("text", texts(placed, NewEntry::key));
    parameters.array("text", texts(placed, NewEntry::kind));
    parameters.array("text", texts(placed, NewEntry::actor));
    parameters.array("text", texts(placed, NewEntry::subject));
    parameters.array("text", texts(placed, NewEntry::outcome));
    parameters.array("timestamptz", texts(placed, entry -> entry.occurred().toString()));
    parameters.array("text", texts(placed, entry -> entry.correlation().workflowId()));
    parameters.array("text", texts(placed, entry -> entry.correlation().runId()));
    parameters.array("text", texts(placed, entry -> entry.correlation().activity()));
    parameters.array("bytea", placed.stream().map(p -> p.entry().payload()).toArray(byte[][]::new));
    parameters.array("bytea", placed.stream().map(Placed::leafHash).toArray(byte[][]::new));
    parameters.array("bytea", placed.stream().map(Placed::chainHash).toArray(byte[][]::new));
  }

  private static String[] texts(List<Placed> placed, Function<NewEntry, String> field) {
    return placed.stream().map(p -> field.apply(p.entry().entry())).toArray(String[]::new);
  }

  private void tiles(Parameters parameters, List<Tile> tiles) throws SQLException {
    parameters.add(ledger);
    parameters.array("int4", tiles.stream().map(Tile::level).toArray(Integer[]::new));
    parameters.array("int8", tiles.stream().map(Tile::index).toArray(Long[]::new));
    parameters.array("bytea", tiles.stream().map(Tile::hashes).toArray(byte[][]::new));
    parameters.array("bytea", tiles.stream().map(Tile::root).toArray(byte[][]::new));
  }

  /** A COPY row is the encoded entry with longer lengths and PostgreSQL's epoch. */
  private void copy(Extension extension) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    try {
      copy.writeToCopy(COPY_HEADER, 0, COPY_HEADER.length);
      ByteBuffer row = ByteBuffer.allocate(EntryTable.MAX_BYTES + 512);
      for (Placed placed : extension.placed()) {
        row.clear();
        put(row, placed, extension.recorded());
        copy.writeToCopy(row.array(), 0, row.position());
      }
      copy.writeToCopy(new byte[] {-1, -1}, 0, 2);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void put(ByteBuffer row, Placed placed, long recorded) {
    List<Field> fields = EntryTable.FIELDS;
    row.putShort((short) (fields.size() + 2));
    ByteBuffer encoded =
        ByteBuffer.wrap(placed.entry().at(placed.receipt().index(), recorded))
            .position(EntryTable.domain().length);
    for (Field field : fields) {
      int length = encoded.getShort() & 0xFFFF;
      row.putInt(length);
      if (field.form() == Form.TIME) {
        row.putLong(encoded.getLong() - POSTGRES_EPOCH);
      } else {
        row.put(encoded.slice(encoded.position(), length));
        encoded.position(encoded.position() + length);
      }
    }
    row.putInt(32).put(placed.leafHash()).putInt(32).put(placed.chainHash());
  }

  private static OffsetDateTime time(long micros) {
    return EntryBytes.instant(micros).atOffset(ZoneOffset.UTC);
  }
}
