package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the storage: a home and its database, for all tests of a class. */
abstract class StorageHome {
  @TempDir static Path folder;
  static AssayHome home;
  static EmbeddedPostgres server;
  static Storage storage;

  @BeforeAll
  static void open() {
    home = AssayHome.open(folder.resolve("home"));
    server = EmbeddedPostgres.open(home.postgresSettings());
    storage = Storage.open(home, server);
  }

  @AfterAll
  static void close() {
    storage.close();
    server.close();
  }

  /** The ledger, open again after its only entry got another content and all hashes fitting it. */
  static Ledger rewritten(String ledger) throws Exception {
    String url = storage.dataSource().unwrap(HikariDataSource.class).getJdbcUrl();
    new LedgerRewriting(server, url).rewriteTheOnlyEntry(storage, ledger);
    assertThat(LedgerVerifier.verify(storage.dataSource(), VerifyRequest.of(ledger)).status())
        .isEqualTo(VerifyStatus.INTACT);
    return storage.ledger(ledger);
  }

  static void sign(String ledger, LedgerHead head) {
    storage.signer(ledger, head.origin()).sign(head.checkpoint());
  }

  static Path key(String ledger) {
    return home.keys().resolve("checkpoint-%s.pem".formatted(ledger));
  }

  static Path signed(String ledger) {
    return home.keys().resolve("checkpoint-%s.signed".formatted(ledger));
  }

  static CheckpointSigner elsewhere(String ledger, LedgerHead head) {
    Path other = folder.resolve("elsewhere");
    return CheckpointSigners.fileBacked(
        other.resolve(ledger + ".pem"),
        other.resolve(ledger + ".signed"),
        head.origin(),
        (_, _) -> true);
  }

  static VerifyReport verify(String ledger) {
    return LedgerVerifier.verify(
        storage.dataSource(),
        VerifyRequest.of(ledger).withPinned(storage.pinnedCheckpoint(ledger).stream().toList()));
  }
}
