package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerOnServer;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What protects the tables, on any supported PostgreSQL, and what is told where it was not enough.
 */
abstract class TablesContract extends LedgerOnServer {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger.entries SET outcome = 'FAIL'",
        "DELETE FROM ledger.entries",
        "TRUNCATE ledger.entries",
        "DELETE FROM ledger.tiles",
        "DELETE FROM ledger.heads",
        "UPDATE ledger.heads SET size = size - 1",
        "UPDATE ledger.heads SET recorded = recorded - interval '1 microsecond'",
        "UPDATE ledger.heads SET recorded = 'infinity'",
        "UPDATE ledger.heads SET recorded = '-infinity'",
        "UPDATE ledger.heads SET origin = 'x'"
      })
  void tables_changedEvenBySuperuserInReplicaMode_refuse(String sql) throws SQLException {
    ledger().append(Entries.numbered(1));
    try (Connection connection = database().admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class);
      statement.execute("RESET session_replication_role");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE ledger.entries SET outcome = 'FAIL'",
        "ALTER TABLE ledger.entries DISABLE TRIGGER ALL",
        "UPDATE ledger.heads SET origin = 'x'",
        "UPDATE ledger.heads SET recorded = 'infinity'",
        "DROP TABLE ledger.entries"
      })
  void tables_changedByTheWriter_areProtected(String sql) throws SQLException {
    try (Connection connection = database().writer().getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recorded = '2130-01-01Z'",
        "recorded = 'infinity'",
        "recorded = recorded - interval '1 microsecond'",
        "size = 70000, edge = ''",
        "size = size + 1",
        "chain_hash = sha256('x')"
      })
  void append_onAHeadThatIsNotTheLastEntrys_isRefused(String edit) throws SQLException {
    try (LedgerDatabase other = new LedgerDatabase(freshDatabase());
        Ledger edited = Ledgers.openOrCreate(other.writer(), name())) {
      edited.appendAll(Entries.numbered(1, 5));
      other.tamper("UPDATE ledger.heads SET " + edit);
      assertThatThrownBy(() -> edited.append(Entries.numbered(9)))
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContainingAll("head row of ledger " + name(), "assay ledger verify");
      assertThat(entries(other)).isEqualTo(5);
    }
  }

  @Test
  void append_headEditedAndRepairedAsVerifySays_goesOn() {
    VerifyRequest request = VerifyRequest.of(name());
    try (LedgerDatabase other = new LedgerDatabase(freshDatabase());
        Ledger edited = Ledgers.openOrCreate(other.writer(), name())) {
      edited.appendAll(Entries.numbered(1, 5));
      other.tamper("UPDATE ledger.heads SET recorded = 'infinity', size = 9, edge = ''");
      String advice =
          LedgerVerifier.verify(other.reader(), request).issues().getFirst().remediation();
      other.tamper(advice.substring(advice.indexOf("run: ") + 5));
      assertThat(edited.append(Entries.numbered(9)).index()).isEqualTo(5);
      assertThat(LedgerVerifier.verify(other.reader(), request).status())
          .isEqualTo(VerifyStatus.INTACT);
    }
  }

  @Test
  void openOrCreate_entriesWithoutHead_makesNone() {
    try (LedgerDatabase other = new LedgerDatabase(freshDatabase())) {
      Ledgers.openOrCreate(other.writer(), name()).close();
      other.tamper("DELETE FROM ledger.heads");
      assertThatThrownBy(() -> Ledgers.openOrCreate(other.writer(), name()))
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContainingAll("no head row", "assay ledger verify");
      assertThatThrownBy(() -> Ledgers.reader(other.reader(), name()).head())
          .isInstanceOf(LedgerDamagedException.class);
      assertThat(Ledgers.names(other.reader())).isEmpty();
    }
  }

  @Test
  void entries_haveTwoUniqueIndexesAndNoOthers() throws SQLException {
    try (Connection connection = database().admin().getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT count(*), bool_and(indisunique) FROM pg_index
                WHERE indrelid = 'ledger.entries'::regclass
                """)) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows.getBoolean(2)).isTrue();
    }
  }

  @Test
  void verify_untouchedThenEdited_isIntactThenNamesTheEntry() {
    ledger().appendAll(Entries.numbered(0, 700));
    VerifyRequest request = VerifyRequest.of(name());
    assertThat(LedgerVerifier.verify(database().reader(), request).status())
        .isEqualTo(VerifyStatus.INTACT);
    try (LedgerDatabase other = new LedgerDatabase(freshDatabase())) {
      try (Ledger edited = Ledgers.openOrCreate(other.writer(), name())) {
        edited.appendAll(Entries.numbered(0, 700));
      }
      other.tamper("UPDATE ledger.entries SET outcome = 'FAIL' WHERE index = 300");
      VerifyReport report = LedgerVerifier.verify(other.reader(), request);
      assertThat(report.status()).isEqualTo(VerifyStatus.TAMPERED);
      assertThat(report.issues())
          .singleElement()
          .satisfies(issue -> assertThat(issue.kind()).isEqualTo(IssueKind.ENTRY_EDITED))
          .satisfies(issue -> assertThat(issue.index()).isEqualTo(300));
    }
  }

  private static long entries(LedgerDatabase of) throws SQLException {
    try (Connection connection = of.reader().getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM ledger.entries")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
