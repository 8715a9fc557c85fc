package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.postgres.PostgresException;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackTest {
  private static final EngineSettings EMBEDDED = new EngineSettings.Embedded(List.of());

  @Test
  void start_newHome_engineAndDatabaseWork(@TempDir Path folder) throws Exception {
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (LocalStack stack = LocalStack.start(home, EMBEDDED);
        WorkerHost _ = Sample.worker(stack.engine());
        Connection connection =
            DriverManager.getConnection(
                stack.postgres().jdbcUrl("postgres"),
                stack.postgres().adminUser(),
                stack.postgres().adminPassword())) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(home.postgres().resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void start_databaseCannotStart_stopsTheEngineAndSaysWhy(@TempDir Path folder) throws Exception {
    AssayHome home = AssayHome.open(folder.resolve("home"));
    Files.createDirectories(home.postgres().resolve("data"));
    Files.writeString(home.postgres().resolve("data/PG_VERSION"), "9\n");
    assertThatThrownBy(() -> LocalStack.start(home, EMBEDDED))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("password");
  }
}
