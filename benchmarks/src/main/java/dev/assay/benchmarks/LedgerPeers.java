package dev.assay.benchmarks;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.CpuTimes;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.export.TileExport;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** What a verification is compared with: reading alone, and another log's verifier. */
final class LedgerPeers {
  private static final int CONNECTIONS = 2;

  /** As many as fsck needs not to wait for ever on a damaged export; see .ci/verifiers-test. */
  private static final String FSCK_WORKERS = "600";

  private final Stack stack;
  private final String ledger;

  LedgerPeers(Stack stack, String ledger) {
    this.stack = stack;
    this.ledger = ledger;
  }

  /**
   * The limit: all columns of the entries by binary COPY over two connections, nothing computed.
   */
  LedgerRound copy() throws Exception {
    DataSource dataSource = stack.storage().dataSource();
    long size = stack.storage().reader(ledger).head().size();
    CpuTimes before = CpuTimes.now();
    try (ExecutorService readers = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> halves = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        long from = size * i / CONNECTIONS;
        long to = size * (i + 1) / CONNECTIONS;
        halves.add(readers.submit(() -> copy(dataSource, from, to)));
      }
      long bytes = 0;
      for (Future<Long> half : halves) {
        bytes += half.get();
      }
      if (bytes < size * 64) {
        throw new IllegalStateException("only %d bytes of %d entries".formatted(bytes, size));
      }
    }
    return LedgerRound.of(size, before);
  }

  private long copy(DataSource dataSource, long from, long to) throws SQLException {
    String sql =
        """
        COPY (SELECT * FROM ledger.entries WHERE ledger = '%s' AND index >= %d AND index < %d
        ORDER BY index) TO STDOUT (FORMAT binary)"""
            .formatted(ledger, from, to);
    long bytes = 0;
    try (Connection connection = dataSource.getConnection()) {
      CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        bytes += row.length;
      }
    }
    return bytes;
  }

  /** Exports the ledger for {@link #fsck}; returns the number of its entries. */
  long export(Path folder) throws IOException {
    SignedEnd end = stack.storage().signEnd(ledger);
    new TileExport(
            stack.storage().reader(ledger),
            Ledgers.tiles(stack.storage().dataSource(), ledger),
            _ -> {})
        .write(folder, end.note(), end.key());
    Files.writeString(key(folder), end.key() + "\n");
    return end.checkpoint().size();
  }

  /** Tessera's fsck on the files: leaves, tiles and root, no chain, no keys. */
  static LedgerRound fsck(Path program, Path folder, long entries)
      throws IOException, InterruptedException {
    CpuTimes before = CpuTimes.now();
    Commands.Outcome outcome =
        Commands.measure(
            List.of(
                program.toString(),
                "-ui=false",
                "-N",
                FSCK_WORKERS,
                "-storage_url=file://" + folder + "/",
                "-public_key=" + key(folder)),
            folder.resolveSibling("."),
            Map.of());
    if (!outcome.output().contains("Successfully fsck'd log with size " + entries)) {
      throw new IllegalStateException("fsck: " + outcome.output());
    }
    return LedgerRound.of(entries, before);
  }

  private static Path key(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".vkey");
  }
}
