package dev.assay.benchmarks.append;

import dev.assay.ledger.NewEntry;
import dev.assay.model.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * The limit and the naive way: the same rows into a table of the same columns and indexes, without
 * chain, tree, lock or looking keys up.
 */
public final class PlainRows implements AutoCloseable {
  private static final int BATCH = 1_000;

  private static final String INSERT =
      """
      INSERT INTO public.plain_rows
      VALUES ('plain', ?, ?, ?, ?, ?, ?, now(), now(), ?, '', '', ?, decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex'))
      """;

  private final AppendDatabase database;
  private final AtomicLong index = new AtomicLong();

  public PlainRows(AppendDatabase database) throws SQLException {
    this.database = database;
    try (Connection connection = database.admin();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE public.plain_rows (LIKE ledger.entries INCLUDING ALL)");
    }
  }

  /** One connection that copies a thousand rows a transaction. */
  public AppendRound copies(int seconds) throws SQLException, IOException {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long rows = 0;
    try (Connection connection = database.admin()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (long begun = start; begun < end; begun = System.nanoTime()) {
        StringBuilder lines = new StringBuilder(400 * BATCH);
        for (int i = 0; i < BATCH; i++) {
          line(lines, index.getAndIncrement(), database.entry());
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        postgres
            .getCopyAPI()
            .copyIn("COPY public.plain_rows FROM STDIN", new java.io.ByteArrayInputStream(bytes));
        latencies.add(System.nanoTime() - begun);
        rows += BATCH;
      }
    }
    return AppendRound.of(latencies, rows, System.nanoTime() - start);
  }

  /** Connections that insert one row a transaction each. */
  public AppendRound singles(int connections, int seconds) throws Exception {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            threads.submit(
                () -> {
                  insert(latencies, end);
                  return null;
                }));
      }
      for (Future<?> inserter : running) {
        inserter.get();
      }
    }
    return AppendRound.of(latencies, latencies.count(), System.nanoTime() - start);
  }

  private void insert(Latencies latencies, long end) throws SQLException {
    try (Connection connection = database.admin();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
        NewEntry entry = database.entry();
        statement.setLong(1, index.getAndIncrement());
        statement.setString(2, entry.key());
        statement.setString(3, entry.kind());
        statement.setString(4, entry.actor());
        statement.setString(5, entry.subject());
        statement.setString(6, entry.outcome());
        statement.setString(7, entry.correlation().workflowId());
        statement.setBytes(8, CanonicalJson.encode(entry.payload()));
        statement.executeUpdate();
        latencies.add(System.nanoTime() - begun);
      }
    }
  }

  /** Text format; nothing in these entries needs escaping. */
  private static void line(StringBuilder out, long index, NewEntry entry) {
    out.append("plain\t").append(index).append('\t').append(entry.key());
    out.append('\t').append(entry.kind()).append('\t').append(entry.actor());
    out.append('\t').append(entry.subject()).append('\t').append(entry.outcome());
    out.append("\t2026-01-01 00:00:00+00\t2026-01-01 00:00:00+00\t");
    out.append(entry.correlation().workflowId()).append("\t\t\t\\\\x");
    out.append(HexFormat.of().formatHex(CanonicalJson.encode(entry.payload())));
    out.append("\t\\\\x").append("ab".repeat(32)).append("\t\\\\x").append("cd".repeat(32));
    out.append('\n');
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = database.admin();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE public.plain_rows");
    }
  }
}
