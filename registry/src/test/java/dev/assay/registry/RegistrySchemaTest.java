package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySchemaTest {
  private static TestDatabase database;
  private static DataSource owner;

  @BeforeAll
  static void migrate() {
    database = TestPostgres.freshDatabase();
    owner = TestRegistry.source(database, "");
    RegistrySchema.migrate(owner);
  }

  private static void execute(String role, String sql) throws SQLException {
    try (Connection connection = TestRegistry.source(database, "-c role=" + role).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void isCurrent_beforeAndAfterMigrating_tells() {
    DataSource empty = TestRegistry.source(TestPostgres.freshDatabase(), "");
    assertThat(RegistrySchema.isCurrent(empty)).isFalse();
    RegistrySchema.migrate(empty);
    RegistrySchema.migrate(empty);
    assertThat(RegistrySchema.isCurrent(empty)).isTrue();
    assertThat(RegistrySchema.isCurrent(TestRegistry.source(database, "-c role=assay_reader")))
        .isTrue();
  }

  @Test
  void isCurrent_noServer_isUnavailable() {
    TestDatabase nowhere = new TestDatabase("jdbc:postgresql://127.0.0.1:1/x", "u", "test");
    assertThatThrownBy(() -> RegistrySchema.isCurrent(TestRegistry.source(nowhere, "")))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("try again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run_revision",
        "document",
        "import_member",
        "artifacts_first",
        "plan",
        "plan_row",
        "judgement",
        "shard_result",
        "case_event"
      })
  void writer_evidence_canNeitherUpdateNorDelete(String table) {
    for (String sql : List.of("DELETE FROM registry.%s", "TRUNCATE registry.%s")) {
      assertThatThrownBy(() -> execute("assay_writer", sql.formatted(table)))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(
            () ->
                execute(
                    "assay_writer", "UPDATE registry.%s SET %s".formatted(table, anyColumn(table))))
        .hasMessageContaining("permission denied");
  }

  private static String anyColumn(String table) throws SQLException {
    try (Connection connection = owner.getConnection();
        var columns = connection.getMetaData().getColumns(null, "registry", table, null)) {
      assertThat(columns.next()).isTrue();
      String name = columns.getString("COLUMN_NAME");
      return name + " = " + name;
    }
  }

  @Test
  void reader_anything_canOnlySelect() throws SQLException {
    execute("assay_reader", "SELECT * FROM registry.run_revision");
    assertThatThrownBy(
            () ->
                execute(
                    "assay_reader",
                    "INSERT INTO registry.import_set (id) VALUES (gen_random_uuid())"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void tables_afterMigration_belongToAssayOwner() throws SQLException {
    try (Connection connection = owner.getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT count(*), count(*) FILTER (WHERE tableowner = 'assay_owner') FROM pg_tables
                WHERE schemaname = 'registry' AND tablename <> 'flyway_schema_history'
                """)) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(16).isEqualTo(row.getInt(2));
    }
  }

  @Test
  void writer_refused_isNotRetryable() {
    Registry reading = Registry.on(TestRegistry.source(database, "-c role=assay_reader"));
    assertThatThrownBy(() -> reading.documents().save("K", new byte[2]))
        .isExactlyInstanceOf(RegistryException.class)
        .hasMessageContaining("42501");
  }
}
