package dev.assay.integration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A process that appends with many callers. Each writes down what it is about to append, appends it
 * until it is acknowledged, and writes each receipt to disk before it goes on. A new process first
 * appends again what the one before had not been acknowledged. Ends when its standard input does.
 */
final class JournalledWriter {
  static final String LEDGER = "main";
  static final String PASSWORD = "ASSAY_TEST_PASSWORD";

  private static final int CALLERS = 8;

  /** From 500 entries on a commit is a COPY, and 600 fill two tiles. */
  private static final int BULK = 600;

  private final Ledger ledger;
  private final Path journals;
  private final int incarnation;

  private JournalledWriter(Ledger ledger, Path journals, int incarnation) {
    this.ledger = ledger;
    this.journals = journals;
    this.incarnation = incarnation;
  }

  /**
   * Arguments: the database's address, its user, the folder for journals, which process this is.
   */
  public static void main(String[] arguments) throws Exception {
    Path journals = Path.of(arguments[2]);
    int incarnation = Integer.parseInt(arguments[3]);
    List<String> left = new Journals(journals).read().unacknowledged();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername(arguments[1]);
    config.setPassword(System.getenv(PASSWORD));
    config.setConnectionInitSql("SET ROLE assay_writer");
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    JournalledWriter writer = new JournalledWriter(open(pool), journals, incarnation);
    Thread.ofPlatform().daemon().start(() -> writer.call(CALLERS, List.of(left)));
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      Thread.ofPlatform().daemon().start(() -> writer.call(caller, List.of()));
    }
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }

  private static Ledger open(HikariDataSource pool) throws InterruptedException {
    while (true) {
      try {
        return Ledgers.openOrCreate(pool, LEDGER);
      } catch (LedgerException e) {
        Thread.sleep(20); // the database is gone; it comes back
      }
    }
  }

  /** With lists of keys to append, those; without, made-up ones for ever. */
  private void call(int caller, List<List<String>> given) {
    Path file = journals.resolve("%03d-%d.journal".formatted(incarnation, caller));
    Random random = new Random(incarnation * 100L + caller);
    try (FileChannel journal =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (List<String> keys : given) {
        if (!keys.isEmpty()) {
          append(journal, keys);
        }
      }
      for (int round = 0; given.isEmpty(); round++) {
        int size = round % 40 == 39 ? BULK : round % 8 == 7 ? 3 : 1;
        String prefix = "k/%d/%d/%d/".formatted(incarnation, caller, round);
        append(journal, IntStream.range(0, size).mapToObj(i -> prefix + i).toList());
        Thread.sleep(random.nextInt(5));
      }
    } catch (IOException | InterruptedException e) {
      e.printStackTrace(); // into the test's own output: the parent misses what isn't journalled
      Runtime.getRuntime().halt(1);
    }
  }

  private void append(FileChannel journal, List<String> keys)
      throws IOException, InterruptedException {
    write(journal, keys.stream().map(key -> Journals.BEGUN + key).toList());
    List<NewEntry> entries = keys.stream().map(JournalledWriter::entry).toList();
    List<Receipt> receipts = List.of();
    while (receipts.isEmpty()) {
      try {
        receipts = ledger.appendAll(entries);
      } catch (LedgerException e) {
        Thread.sleep(10); // unacknowledged: the same again
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Receipt receipt = receipts.get(i);
      lines.add(
          "%s%s %d %s"
              .formatted(
                  Journals.ACKNOWLEDGED, keys.get(i), receipt.index(), receipt.leafHash().hex()));
    }
    write(journal, lines);
    journal.force(false);
  }

  /** One write: a process that is killed leaves whole lines, or the beginning of the last ones. */
  private static void write(FileChannel journal, List<String> lines) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      journal.write(bytes);
    }
  }

  private static NewEntry entry(String key) {
    return new NewEntry(
        key,
        "external.noise",
        "test/writer",
        "noise",
        "OK",
        Instant.EPOCH,
        Correlation.NONE,
        JsonObject.EMPTY.with("key", key));
  }

  /** The words that start one. */
  static Process start(String url, String user, String password, Path journals, int incarnation)
      throws IOException {
    Files.createDirectories(journals);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                JournalledWriter.class.getName(),
                url,
                user,
                journals.toString(),
                Integer.toString(incarnation))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(journals.resolve("writer.err").toFile());
    builder.environment().put(PASSWORD, password);
    return builder.start();
  }
}
