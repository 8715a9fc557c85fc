package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class LedgerSchemaTest {
  @Test
  void migrate_emptyDatabase_isCurrentAfterwardsAndStays() {
    PGSimpleDataSource database = fresh();
    assertThat(LedgerSchema.isCurrent(database)).isFalse();
    LedgerSchema.migrate(database);
    assertThat(LedgerSchema.isCurrent(database)).isTrue();
    LedgerSchema.migrate(database);
  }

  @Test
  void version_isThatOfTheNewestMigration() throws Exception {
    Path folder = Path.of(LedgerSchema.class.getResource("/db/ledger").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(
              files
                  .map(
                      file ->
                          Integer.parseInt(
                              file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1")))
                  .max(Integer::compare))
          .contains(Integer.parseInt(LedgerSchema.VERSION));
    }
  }

  @Test
  void openOrCreate_withoutSchema_saysToMigrate() {
    PGSimpleDataSource database = fresh();
    assertThatThrownBy(() -> Ledgers.openOrCreate(database, "main"))
        .isInstanceOf(LedgerNotFoundException.class)
        .hasMessageContaining("migrate");
  }

  @Test
  void everyKind_isInTheCatalogueDocument() throws Exception {
    String document = Files.readString(Path.of("../docs/formats/events.md"));
    assertThat(EntryKind.catalogue())
        .allSatisfy(kind -> assertThat(document).contains("`" + kind + "`"));
  }

  private static PGSimpleDataSource fresh() {
    TestDatabase database = TestPostgres.freshDatabase();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    return source;
  }
}
