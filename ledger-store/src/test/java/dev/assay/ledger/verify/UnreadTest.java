package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.Ledgers;
import org.junit.jupiter.api.Test;

class UnreadTest {
  /** A pool of one connection: the coordinator gets it, no range can be read. */
  @Test
  void verify_rangesCanNotBeRead_isIndeterminate() {
    try (LedgerDatabase database = new LedgerDatabase()) {
      try (Ledger ledger = Ledgers.openOrCreate(database.writer(), "main")) {
        ledger.appendAll(Entries.numbered(0, 10));
      }
      HikariConfig config = new HikariConfig();
      config.setDataSource(database.reader());
      config.setMaximumPoolSize(1);
      config.setConnectionTimeout(250);
      try (HikariDataSource one = new HikariDataSource(config)) {
        VerifyReport report = LedgerVerifier.verify(one, VerifyRequest.of("main"));
        assertThat(report.status()).isEqualTo(VerifyStatus.INDETERMINATE);
        assertThat(report.unread())
            .singleElement()
            .satisfies(
                range -> {
                  assertThat(range.from()).isZero();
                  assertThat(range.to()).isEqualTo(10);
                });
        assertThat(report.root()).isEmpty();
      }
    }
  }
}
