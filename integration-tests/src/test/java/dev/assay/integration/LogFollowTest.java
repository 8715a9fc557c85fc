package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code ledger log --follow} as a process, while others append. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LogFollowTest {
  private static final int SIGINT = 2;
  private static final String PASSWORD = "test-writer-password";

  @TempDir private Path folder;

  @Test
  void follow_embeddedHome_showsWhatOthersAppendAndEndsQuietlyAtCtrlC() throws Exception {
    assumeFalse(Signals.ignored(SIGINT), "whoever started this test ignores SIGINT");
    Path home = folder.resolve("home");
    append(home, "first");
    try (CommandProcess follower = CommandProcess.start(folder, follow(home))) {
      awaitOut(follower, "\"key\":\"first\"");
      append(home, "second"); // needs the home to itself, and the follower's server
      awaitOut(follower, "\"key\":\"second\"");
      Signals.send("INT", List.of(ProcessHandle.of(follower.pid()).orElseThrow()));
      assertThat(follower.await()).as(follower.err()).isEqualTo(130);
      assertThat(follower.err()).isEmpty();
      assertThat(follower.out().lines())
          .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }
    assertThat(CommandProcess.processesNaming(home)).as("processes left").isEmpty();
  }

  @Test
  void follow_readerHasGone_endsAtTheNextEntry() throws Exception {
    Path home = folder.resolve("home");
    append(home, "first");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.assay.cli.Main"));
    command.addAll(List.of(follow(home)));
    command.addAll(List.of("--engine", "embedded"));
    Path err = folder.resolve("err.txt");
    Process follower = new ProcessBuilder(command).redirectError(err.toFile()).start();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(follower.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(reader.readLine()).contains("ledger.created");
      reader.close();
      append(home, "second");
      assertThat(follower.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(follower.exitValue()).as(Files.readString(err)).isZero();
    } finally {
      follower.destroyForcibly();
    }
  }

  @Test
  void follow_externalDatabaseKilledAndBack_goesOn() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.open(TestPostgres.settings(folder))) {
      String url = "postgresql://%s127.0.0.1:" + server.port() + "/postgres?sslmode=disable";
      Map<String, String> environment =
          Map.of(
              "ASSAY_DB_OWNER_URL", url.formatted(server.adminUser() + "@"),
              "ASSAY_DB_OWNER_PASSWORD", server.adminPassword(),
              "ASSAY_DB_URL", url.formatted("assay_writer@"),
              "ASSAY_DB_WRITER_PASSWORD", PASSWORD);
      try (CommandProcess migrate =
          CommandProcess.start(folder, environment, List.of("db", "migrate"))) {
        assertThat(migrate.await()).as(migrate.err()).isZero();
      }
      PGSimpleDataSource writer = new PGSimpleDataSource();
      writer.setUrl(server.jdbcUrl("postgres"));
      writer.setUser("assay_writer");
      writer.setPassword(PASSWORD);
      List<String> words =
          List.of(
              "ledger",
              "log",
              "--follow",
              "--format",
              "json",
              "--home",
              folder.resolve("no-home").toString(),
              "--engine",
              "embedded");
      try (Ledger ledger = Ledgers.openOrCreate(writer, "main");
          CommandProcess follower = CommandProcess.start(folder, environment, words)) {
        awaitOut(follower, "ledger.created");
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        follower.awaitErr("the database went away while following the ledger; trying again");
        server.revive();
        insist(ledger, "after");
        awaitOut(follower, "\"key\":\"after\"");
        follower.terminate();
        assertThat(follower.await()).as(follower.err()).isEqualTo(143);
        assertThat(follower.err().lines()).as(follower.err()).hasSize(1);
        assertThat(follower.out().lines()).hasSize(2);
      }
    }
  }

  private static void insist(Ledger ledger, String key) throws InterruptedException {
    NewEntry entry =
        new NewEntry(
            key, "external.e", "test", "s", "", Instant.EPOCH, Correlation.NONE, JsonObject.EMPTY);
    while (true) {
      try {
        var _ = ledger.append(entry);
        return;
      } catch (LedgerUnavailableException e) {
        Thread.sleep(20); // not back yet
      }
    }
  }

  private static String[] follow(Path home) {
    return new String[] {
      "ledger", "log", "--follow", "--format", "jsonl", "--home", home.toString()
    };
  }

  private void append(Path home, String key) throws Exception {
    Path events = folder.resolve(key + ".jsonl");
    Files.writeString(
        events,
        "{\"key\":\"%s\",\"kind\":\"external.e\",\"actor\":\"test\",\"subject\":\"s\"}%n"
            .formatted(key));
    try (CommandProcess append =
        CommandProcess.start(
            folder, "ledger", "append", "--file", events.toString(), "--home", home.toString())) {
      assertThat(append.await()).as(append.err()).isZero();
    }
  }

  private static void awaitOut(CommandProcess command, String text) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!command.out().contains(text)) {
      assertThat(command.isAlive()).as(command.err()).isTrue();
      assertThat(System.nanoTime()).as("%s, after %s", text, command.out()).isLessThan(giveUp);
      Thread.sleep(10);
    }
  }
}
