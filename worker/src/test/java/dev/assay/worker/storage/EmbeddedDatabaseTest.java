package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.LedgerSchema;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.registry.RegistrySchema;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  @TempDir private Path folder;

  /** A process that ends between writing the password and making the database leaves this. */
  @Test
  void open_passwordButNoDatabase_makesIt() {
    AssayHome home = AssayHome.open(folder.resolve("home"));
    Path password = home.postgres().resolve("writer-password");
    try (EmbeddedPostgres server = EmbeddedPostgres.open(home.postgresSettings())) {
      WriterAccount.password(password);

      try (HikariDataSource made = EmbeddedDatabase.open(server, password)) {
        assertThat(LedgerSchema.isCurrent(made)).isTrue();
        assertThat(RegistrySchema.isCurrent(made)).isTrue();
      }
      try (HikariDataSource again = EmbeddedDatabase.open(server, password)) {
        assertThat(RegistrySchema.isCurrent(again)).isTrue();
      }
    }
  }
}
