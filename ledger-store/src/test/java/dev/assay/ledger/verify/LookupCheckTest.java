package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.Ledgers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What assay_writer, or the tables' owner, can do to the projection. */
class LookupCheckTest {
  private static LedgerDatabase database;

  private final String name = "l-" + UUID.randomUUID();
  private final LedgerLookups lookups = Ledgers.lookups(database.writer(), name);

  @BeforeAll
  static void openDatabase() {
    database = new LedgerDatabase();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM ledger.lookup WHERE ledger = '%s'",
        "DELETE FROM ledger.lookup WHERE ledger = '%s' AND index = 7",
        "INSERT INTO ledger.lookup SELECT * FROM ledger.lookup WHERE ledger = '%s' AND index = 7",
        "UPDATE ledger.lookup SET kind = 'run.imported' WHERE ledger = '%s' AND index = 7",
        "UPDATE ledger.lookup SET actor = 'x' WHERE ledger = '%s' AND index = 7",
        "UPDATE ledger.lookup SET subject = 'x' WHERE ledger = '%s' AND index = 7",
        "UPDATE ledger.lookup SET workflow_id = 'x' WHERE ledger = '%s' AND index = 7",
        "UPDATE ledger.lookup SET actor = subject, subject = actor WHERE ledger = '%s'",
        "UPDATE ledger.lookup SET index = 15 - index WHERE ledger = '%s' AND index IN (7, 8)",
        "UPDATE ledger.lookup_state SET next_index = 5 WHERE ledger = '%s'",
        "UPDATE ledger.lookup_state SET next_index = 1000 WHERE ledger = '%s'",
        "UPDATE ledger.lookup_state SET next_index = -7 WHERE ledger = '%s'",
        "DELETE FROM ledger.lookup_state WHERE ledger = '%s'",
      })
  void verify_lookupsChanged_warnsUntilTheyAreMadeAgain(String change) {
    fill();
    assertThat(verify().warnings()).isEmpty();
    change(change);
    VerifyReport report = verify();
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(Warning.Kind.LOOKUPS_DIFFER);
              assertThat(warning.detail()).contains("ledger.lookup");
              assertThat(warning.remediation()).contains("assay db rebuild-projections");
            });
    assertThat(lookups.difference()).isEqualTo(report.warnings().stream().findFirst());
    lookups.rebuild(_ -> {});
    assertThat(verify().warnings()).isEmpty();
    assertThat(lookups.difference()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ledger.lookup RENAME TO other",
        "ALTER TABLE ledger.lookup DROP COLUMN kind",
        "ALTER TABLE ledger.lookup_state RENAME TO other"
      })
  void verify_lookupsGone_warnsWhereTheLedgerIsIntact(String change) {
    try (LedgerDatabase other = new LedgerDatabase()) {
      Ledgers.openOrCreate(other.writer(), name).close();
      other.tamper(change);
      VerifyReport report = LedgerVerifier.verify(other.reader(), VerifyRequest.of(name));
      assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
      assertThat(report.warnings())
          .singleElement()
          .satisfies(warning -> assertThat(warning.remediation()).contains("backup"));
    }
  }

  @Test
  void verify_lookupsBeingMadeAgain_warnsOfNothing() {
    fill();
    change("DELETE FROM ledger.lookup WHERE ledger = '%s'");
    change("UPDATE ledger.lookup_state SET next_index = -1 WHERE ledger = '%s'");
    assertThat(verify().warnings()).isEmpty();
  }

  @Test
  void verify_entriesEdited_saysNothingOfTheLookups() {
    fill();
    change("DELETE FROM ledger.lookup WHERE ledger = '%s'");
    database.tamper(
        "UPDATE ledger.entries SET outcome = 'x' WHERE index = 3 AND ledger = '%s'"
            .formatted(name));
    assertThat(verify().status()).isEqualTo(VerifyStatus.TAMPERED);
    assertThat(verify().warnings()).isEmpty();
  }

  @Test
  void verify_lookupsBehind_areNoDifference() {
    fill();
    change("DELETE FROM ledger.lookup WHERE ledger = '%s' AND index >= 5");
    change("UPDATE ledger.lookup_state SET next_index = 5 WHERE ledger = '%s'");
    assertThat(verify().warnings()).isEmpty();
  }

  private void fill() {
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), name)) {
      ledger.appendAll(Entries.numbered(1, 20));
    }
    lookups.rebuild(_ -> {});
  }

  private VerifyReport verify() {
    return LedgerVerifier.verify(database.reader(), VerifyRequest.of(name));
  }

  private void change(String sql) {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(name));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
