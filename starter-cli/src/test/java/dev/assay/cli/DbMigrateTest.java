package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay db migrate}, as scripts see it. */
class DbMigrateTest {
  @TempDir private Path folder;

  @Test
  void migrate_ownerNotNamed_isUsage() {
    CliRun run = CliRun.in(folder, Map.of(), "db", "migrate");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("ASSAY_DB_OWNER_URL isn't set");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void migrate_onlyTheWriterNamed_isUsage() {
    CliRun run =
        CliRun.in(folder, Map.of("ASSAY_DB_URL", "postgresql://w@127.0.0.1:1/x"), "db", "migrate");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("ASSAY_DB_OWNER_URL isn't set");
  }

  @Test
  void migrate_nobodyListens_isUnavailableWithoutThePassword() {
    CliRun run =
        CliRun.in(
            folder,
            Map.of("ASSAY_DB_OWNER_URL", "postgresql://o:s3cr3t@127.0.0.1:1/x"),
            "db",
            "migrate",
            "--format",
            "json");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("postgresql://o@127.0.0.1:1/x").doesNotContain("s3cr3t");
    assertThat(run.out()).startsWith("{\"error\":{\"exit\":5").doesNotContain("s3cr3t");
  }

  @Test
  void migrate_freshDatabaseThenAgain_tellsWhatWasDone() throws Exception {
    TestDatabase database = TestPostgres.freshDatabase();
    Map<String, String> environment =
        Map.of(
            "ASSAY_DB_OWNER_URL",
            "%s?user=%s".formatted(database.jdbcUrl(), database.user()),
            "ASSAY_DB_OWNER_PASSWORD_FILE",
            Files.writeString(folder.resolve("owner"), database.password()).toString(),
            "ASSAY_DB_READER_PASSWORD",
            "s3cr3t");

    CliRun first = CliRun.in(folder, environment, "db", "migrate");
    CliRun second = CliRun.in(folder, environment, "db", "migrate", "--format", "json");

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .contains(
            "ledger    from version 0 to 3",
            "registry  from version 0 to 5",
            "logins    password set for assay_reader");
    assertThat(second.exit()).isZero();
    assertThat(second.out())
        .contains(
            "\"ledger\":{\"after\":3,\"before\":3}",
            "\"logins\":[\"assay_reader\"]",
            "\"rolesMade\":[]")
        .doesNotContain("s3cr3t", database.password());
  }
}
