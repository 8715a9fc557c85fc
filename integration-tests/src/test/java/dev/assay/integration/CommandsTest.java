package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.DirectoryAnchor;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What commands tell their user, each in a process of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommandsTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: endings
      stages:
        - {id: end, checks: [{id: finished, type: status, in: [FINISHED]}]}
      """;

  /** Two records of one run, and a run with a key that no record has. */
  private static final String RUNS =
      """
      {"id": "r-1", "name": "twin", "experiment": "e", "status": "FINISHED", "seed": 1}
      {"id": "r-1", "name": "twin", "experiment": "e", "status": "FINISHED", "seed": 2}
      {"id": "r-2", "name": "odd", "experiment": "e", "status": "FINISHED", "sead": 3}
      """;

  @TempDir private Path folder;
  private Path policy;
  private Path runs;

  @BeforeEach
  void write() throws Exception {
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    runs = Files.writeString(folder.resolve("runs.jsonl"), RUNS);
  }

  @Test
  void validate_policyThatLooksAtNoProblem_tellsTwinsApartAndHowManyHaveProblems()
      throws Exception {
    try (CommandProcess text = validate("main")) {
      assertThat(text.await()).as(text.err()).isZero();
      assertThat(text.out().lines().filter(line -> line.startsWith("twin ")).distinct())
          .hasSize(2)
          .allMatch(line -> line.matches("twin [0-9a-f]{12} .*"));
      assertThat(text.err()).contains("have a problem", "policy endings", "type: record");
    }
    try (CommandProcess json = validate("main", "--format", "json", "--dry-run")) {
      assertThat(json.await()).as(json.err()).isZero();
      assertThat(json.out()).contains("\"uncheckedProblems\":3", "\"quarantined\":0");
    }
  }

  @Test
  void ledgerCommands_homeOrLedgerThatIsNotThere_saySoInsteadOfShowingNothing() throws Exception {
    ledgerCommandsSay("there is no home at " + home());
    assertThat(home()).doesNotExist();
    Home.openStores(home()).close();
    ledgerCommandsSay("there is no ledger main");
  }

  private void ledgerCommandsSay(String said) throws Exception {
    for (String command : List.of("log", "verify", "show 0")) {
      List<String> words = new ArrayList<>(List.of("ledger"));
      words.addAll(List.of(command.split(" ")));
      try (CommandProcess asked = start(words.toArray(String[]::new))) {
        assertThat(asked.await()).as(command).isEqualTo(3);
        assertThat(asked.out()).as(command).isEmpty();
        assertThat(asked.err()).as(command).contains(said);
      }
    }
  }

  @Test
  void validate_secondLedgerInOneHome_recordsTheRunsThereToo() throws Exception {
    for (String ledger : List.of("main", "second")) {
      try (CommandProcess command = validate(ledger)) {
        assertThat(command.await()).as(command.err()).isZero();
      }
    }
    try (Home home = Home.openStores(home())) {
      for (String ledger : List.of("main", "second")) {
        assertThat(home.stack().storage().reader(ledger).log(LogFilter.ALL.withKind("run.*")))
            .as(ledger)
            .extracting(StoredEntry::kind)
            .filteredOn(kind -> kind.equals("run.imported"))
            .isNotEmpty();
      }
    }
  }

  @Test
  void append_signedCheckpointRemoved_saysSoOnceBeforeItSignsAnew() throws Exception {
    assertThat(append("a")).doesNotContain("is gone");
    Files.delete(home().resolve("keys/checkpoint-main.signed"));
    assertThat(append("b")).contains("checkpoint-main.signed, is gone");
    assertThat(append("c")).doesNotContain("is gone");
    Files.delete(home().resolve("keys/checkpoint-main.signed"));
    Files.delete(home().resolve("keys/checkpoint-main.pem"));
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out()).contains("unanchored");
    }
  }

  @Test
  void verify_editedEntryUnderASignedCheckpoint_namesItAloneAndTheCheckpoint() throws Exception {
    append("a");
    try (Home home = Home.openStores(home())) {
      home.asAdministrator(
          "ALTER TABLE ledger.entries DISABLE TRIGGER ALL;"
              + " UPDATE ledger.entries SET subject = 'x' WHERE key = 'a';"
              + " ALTER TABLE ledger.entries ENABLE TRIGGER ALL");
    }
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out())
          .contains("ENTRY_EDITED", "not anchored: the entries disagree", "checkpoint-main.signed")
          .doesNotContain("CHAIN_REWRITTEN", "unanchored");
    }
    try (CommandProcess verify = start("ledger", "verify", "--format", "json")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out()).contains("\"checkpoint\":\"disagrees\"");
    }
  }

  @Test
  void verify_headRowDeleted_namesTheStatementAndNothingIsAppended() throws Exception {
    append("a");
    tamper("DELETE FROM ledger.heads");
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out())
          .contains("HEAD_EDITED", "the head row isn't there", "INSERT INTO ledger.heads")
          .contains("as far as the checkpoint of size 2");
    }
    try (CommandProcess append = start(appending("b"))) {
      assertThat(append.await()).as(append.err()).isEqualTo(4);
      assertThat(append.err()).contains("no head row", "assay ledger verify");
    }
    try (CommandProcess doctor = start("doctor")) {
      assertThat(doctor.await()).as(doctor.out()).isEqualTo(4);
    }
    try (Home home = Home.openStores(home())) {
      assertThat(home.stack().storage().ledgerNames()).isEmpty();
    }
  }

  @Test
  void verify_ledgerGoneButACheckpointKept_reportsWhatIsLost() throws Exception {
    append("a");
    tamper("DELETE FROM ledger.entries; DELETE FROM ledger.tiles; DELETE FROM ledger.heads");
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out()).contains("TAIL_TRUNCATED entries 0 to 1", "checkpoint-main.signed");
    }
  }

  @Test
  void verify_lookupsDeleted_warnsWhereTheLedgerIsIntact() throws Exception {
    append("a");
    try (Home home = Home.openStores(home())) {
      home.asAdministrator("DELETE FROM ledger.lookup");
    }
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out())
          .contains(
              "ledger main: intact", "warning LOOKUPS_DIFFER", "assay db rebuild-projections");
    }
    try (CommandProcess verify = start("ledger", "verify", "--format", "json")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out()).contains("\"status\":\"intact\"", "\"kind\":\"LOOKUPS_DIFFER\"");
    }
    try (CommandProcess doctor = start("doctor")) {
      assertThat(doctor.await()).as(doctor.err()).isZero();
      assertThat(doctor.out()).contains("ledger.lookup covers 2 entries and has 0 rows");
    }
  }

  private void tamper(String sql) throws Exception {
    try (Home home = Home.openStores(home())) {
      for (String table : List.of("entries", "tiles", "heads")) {
        home.asAdministrator("ALTER TABLE ledger.%s DISABLE TRIGGER ALL".formatted(table));
      }
      home.asAdministrator(sql);
    }
  }

  @Test
  void verify_fromACheckpointKeptElsewhere_readsWhatIsNewer() throws Exception {
    append("a");
    Path kept = folder.resolve("kept.txt");
    try (CommandProcess checkpoint = start("ledger", "checkpoint")) {
      assertThat(checkpoint.await()).as(checkpoint.err()).isZero();
      Files.writeString(kept, checkpoint.out());
    }
    append("b");
    try (CommandProcess verify = start("ledger", "verify", "--from", kept.toString())) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out())
          .contains(
              "verified from size 2 on; before it rests on checkpoint " + kept,
              "intact as far as the checkpoint of size 3 (anchored by");
    }
    Files.writeString(kept, Files.readString(kept).replace("\n2\n", "\n3\n"));
    try (CommandProcess verify = start("ledger", "verify", "--checkpoint", kept.toString())) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out()).contains("CHECKPOINT_FORGED", "don't trust " + kept);
    }
  }

  @Test
  void verify_homesAnchor_isComparedAndItsForeignFileNamed() throws Exception {
    Path anchor = Files.createDirectory(folder.resolve("anchor")).toRealPath();
    Path away = Files.createDirectory(folder.resolve("away")).toRealPath();
    append("a");
    for (Path each : List.of(anchor, away)) {
      done("ledger", "anchor", "add", each.toString());
    }
    Files.delete(away);
    append("b");
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out())
          .contains("intact as far as the checkpoint of size 3 (anchored by " + anchor);
      assertThat(verify.err()).contains("not compared", away.toString());
    }
    Path note = onlyNote(anchor);
    Path strange = Files.writeString(note.resolveSibling("latest.note"), "hello\n");
    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out()).contains("CHECKPOINT_FORGED", "don't trust " + strange);
    }
    try (CommandProcess verify = start("ledger", "verify", "--anchor", away.toString())) {
      assertThat(verify.await()).isEqualTo(2);
      assertThat(verify.err()).contains("--anchor", away + " is no folder");
    }
  }

  @Test
  void verify_anchorWithTwoNotesOfOneSize_isForked() throws Exception {
    append("a");
    Path anchor = Files.createDirectory(folder.resolve("anchor")).toRealPath();
    done("ledger", "anchor", "add", anchor.toString());
    done("ledger", "anchor", "publish");
    Path note = onlyNote(anchor);
    SignedNote signed = SignedNote.parse(Files.readAllBytes(note));
    Checkpoint checkpoint = Checkpoint.parse(signed.text());
    Checkpoint other =
        new Checkpoint(checkpoint.origin(), checkpoint.size(), Sha256.of(new byte[1]));
    new DirectoryAnchor(anchor)
        .publish(
            CheckpointSigners.noteSigner(
                    home().resolve("keys/checkpoint-main.pem"), checkpoint.origin())
                .sign(other.text()));
    done("ledger", "anchor", "remove", anchor.toString());

    try (CommandProcess verify = start("ledger", "verify")) {
      assertThat(verify.await()).as(verify.err()).isZero();
    }
    try (CommandProcess verify = start("ledger", "verify", "--anchor", anchor.toString())) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out()).contains("FORKED", "no ledger has both", anchor.toString());
    }
  }

  private static Path onlyNote(Path anchor) {
    return AnchorFolder.readAll(anchor).notes().getFirst().source();
  }

  private void done(String... arguments) throws Exception {
    try (CommandProcess command = start(arguments)) {
      assertThat(command.await()).as(command.err()).isZero();
    }
  }

  @Test
  void verify_histories_comparesTheKeptOnesAndNamesTheEditedOne() throws Exception {
    try (CommandProcess command = validate("main")) {
      assertThat(command.await()).as(command.err()).isZero();
    }
    try (CommandProcess verify = start("ledger", "verify", "--format", "json")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out()).contains("\"histories\":null");
    }
    try (CommandProcess verify = start("ledger", "verify", "--histories", "--format", "json")) {
      assertThat(verify.await()).as(verify.err()).isZero();
      assertThat(verify.out())
          .contains("\"histories\":{\"compared\":1,\"mismatched\":0,\"notAvailable\":0}");
    }
    try (Home home = Home.openStores(home())) {
      Files.writeString(home.stack().histories().list().getFirst().file(), "{}");
    }
    try (CommandProcess verify = start("ledger", "verify", "--histories")) {
      assertThat(verify.await()).as(verify.err()).isEqualTo(4);
      assertThat(verify.out())
          .contains("HISTORY_MISMATCH", "workflow validate/", "1 history compared: 1 differ");
    }
  }

  private String append(String key) throws Exception {
    try (CommandProcess command = start(appending(key))) {
      assertThat(command.await()).as(command.err()).isZero();
      return command.err();
    }
  }

  private String[] appending(String key) throws Exception {
    Path events =
        Files.writeString(
            folder.resolve(key + ".jsonl"),
            "{\"key\": \"%s\", \"kind\": \"external.test\", \"actor\": \"tests\", \"subject\": \"s\"}\n"
                .formatted(key));
    return new String[] {"ledger", "append", "--file", events.toString()};
  }

  private CommandProcess validate(String ledger, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "validate", runs.toString(), "--policy", policy.toString(), "--ledger", ledger));
    arguments.addAll(List.of(options));
    return start(arguments.toArray(String[]::new));
  }

  private CommandProcess start(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home().toString(), "--no-progress"));
    return CommandProcess.start(folder, all.toArray(String[]::new));
  }

  private Path home() {
    return folder.resolve("home");
  }
}
