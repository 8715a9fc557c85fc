package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} in a home whose ledger, checkpoint or key isn't what it left there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LostEvidenceTest {
  private static final int TAMPERED = 4;
  private static final int UNAVAILABLE = 5;

  @TempDir private Path folder;
  private Path home;
  private Path key;
  private Path signed;

  @BeforeEach
  void validateOnce() throws Exception {
    home = folder.resolve("home");
    key = home.resolve("keys/checkpoint-main.pem");
    signed = home.resolve("keys/checkpoint-main.signed");
    try (Home first = Home.open(home)) {
      first.validate(Inputs.MLRUNS_POLICY, Inputs.WINE);
      var head = first.ledger().head();
      first.stack().storage().signer(Home.LEDGER, head.origin()).sign(head.checkpoint());
    }
  }

  @Test
  void validate_ledgerIsGone_isTamperedAndWritesNothing() throws Exception {
    Home.open(home).closeAndForget();
    byte[] checkpoint = Files.readAllBytes(signed);
    refused(TAMPERED, "the database has no such ledger", "restore the database from a backup");
    assertThat(signed).hasBinaryContent(checkpoint);
    try (Home stores = Home.openStores(home)) {
      assertThat(stores.registry().executions().list("validate", 10)).isEmpty();
      assertThat(stores.stack().storage().pinnedCheckpoint(Home.LEDGER)).isPresent();
      assertThat(count(stores, "registry.import_set")).isZero();
      assertThat(count(stores, "ledger.entries")).isZero();
    }
  }

  @Test
  void anyCommand_ledgerIsGone_isTamperedAndNeverNotMadeYet() throws Exception {
    Home.open(home).closeAndForget();
    for (String line :
        List.of(
            "doctor",
            "status",
            "ledger log",
            "ledger show 0",
            "ledger prove 0",
            "ledger checkpoint",
            "ledger verify")) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      words.addAll(List.of("--home", home.toString()));
      try (CommandProcess command = CommandProcess.start(folder, words.toArray(String[]::new))) {
        assertThat(command.await()).as(line + command.err()).isEqualTo(TAMPERED);
        assertThat(command.out() + command.err())
            .as(line)
            .contains(signed.toString())
            .doesNotContain(" yet");
      }
    }
  }

  @Test
  void validate_keyOrCheckpointLostOrDamaged_isRefusedAndMakesNone() throws Exception {
    byte[] checkpoint = Files.readAllBytes(signed);
    Path elsewhere = folder.resolve("key");

    Files.move(key, elsewhere);
    refused(UNAVAILABLE, key.toString(), "restore it from a backup");
    assertThat(key).doesNotExist();

    Files.move(elsewhere, key);
    Files.write(signed, new byte[] {'x', '\n'});
    refused(UNAVAILABLE, signed.toString(), "Restore it from a backup");
    assertThat(signed).hasContent("x");

    Files.write(signed, checkpoint);
    try (Home stores = Home.openStores(home)) {
      assertThat(stores.registry().executions().list("validate", 10)).hasSize(1);
      assertThat(stores.verify().anchored()).isTrue();
    }
  }

  @Test
  void validate_findingsEditedAfterTheSeal_areNotReported() throws Exception {
    try (Home stores = Home.openStores(home)) {
      stores.asAdministrator(
          """
          CREATE FUNCTION public.edit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
          BEGIN
            UPDATE registry.judgement bad
            SET verdict = good.verdict, findings_digest = good.findings_digest,
              findings = good.findings
            FROM registry.judgement good
            WHERE bad.workflow_id = NEW.workflow_id AND bad.ordinal = 0
              AND good.workflow_id = NEW.workflow_id AND good.ordinal = 1;
            RETURN NULL;
          END $$;
          CREATE TRIGGER edit AFTER INSERT ON ledger.entries FOR EACH ROW
            WHEN (NEW.kind = 'validation.sealed') EXECUTE FUNCTION public.edit()
          """);
    }
    refused(TAMPERED, "findings have outcome root", "restore registry.plan");
  }

  private void refused(int exit, String... why) throws Exception {
    try (CommandProcess command =
        CommandProcess.start(
            folder,
            "validate",
            Inputs.WINE.toString(),
            "--policy",
            Inputs.MLRUNS_POLICY.toString(),
            "--home",
            home.toString())) {
      assertThat(command.await()).as(command.err()).isEqualTo(exit);
      assertThat(command.err()).contains(why);
      assertThat(command.out()).isEmpty();
    }
  }

  private static long count(Home home, String table) throws IOException, java.sql.SQLException {
    try (var connection = home.stack().storage().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
