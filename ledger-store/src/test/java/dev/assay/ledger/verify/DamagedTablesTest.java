package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.Ledgers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedTablesTest {
  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE ledger.entries DROP COLUMN payload, ENTRY_EDITED, payload bytea",
    "ALTER TABLE ledger.entries RENAME COLUMN recorded TO other, ENTRY_EDITED, recorded timestamp",
    "ALTER TABLE ledger.entries RENAME TO other, ENTRIES_DELETED, ledger.entries isn't there",
    "ALTER TABLE ledger.tiles DROP COLUMN root, TILE_EDITED, root bytea",
    "ALTER TABLE ledger.tiles RENAME TO other, TILE_EDITED, ledger.tiles isn't there",
    "ALTER TABLE ledger.heads DROP COLUMN edge, HEAD_EDITED, edge bytea",
    "ALTER TABLE ledger.heads DROP COLUMN recorded, HEAD_EDITED, recorded timestamp",
    "ALTER TABLE ledger.heads RENAME TO other, HEAD_EDITED, ledger.heads isn't there",
  })
  void verify_tableOrColumnGone_saysWhich(String change, IssueKind kind, String said) {
    try (LedgerDatabase database = new LedgerDatabase()) {
      try (Ledger ledger = Ledgers.openOrCreate(database.writer(), "main")) {
        ledger.appendAll(Entries.numbered(0, 10));
      }
      database.tamper(change);
      VerifyReport report = LedgerVerifier.verify(database.reader(), VerifyRequest.of("main"));
      assertThat(report.status()).isEqualTo(VerifyStatus.TAMPERED);
      assertThat(report.issues())
          .singleElement()
          .satisfies(
              issue -> {
                assertThat(issue.kind()).isEqualTo(kind);
                assertThat(issue.detail()).contains(said);
                assertThat(issue.remediation()).contains("backup");
              });
    }
  }
}
