package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.home.AssayHome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may work on a database beside the home. */
class RoleRightsTest {
  @TempDir private Path folder;
  private ExternalServer server = ExternalServer.fresh();

  @Test
  void open_superuser_isRefused() {
    server.migrate();
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(Map.of("ASSAY_DB_URL", server.ownerUrl()));

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), settings))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("superuser or owns the tables", "assay_writer");
  }

  @Test
  void open_roleThatIsGrantedTheWritersRights_isTaken() throws SQLException {
    server.migrate();
    String role = server.role("LOGIN PASSWORD 'p' IN ROLE assay_writer");

    Storage.open(AssayHome.open(folder), server.as(role)).close();
  }

  @Test
  void open_roleThatMayOnlyRead_isRefused() throws SQLException {
    server.migrate();
    String role = server.role("LOGIN PASSWORD 'p' IN ROLE assay_reader");
    String stranger = server.role("LOGIN PASSWORD 'p'");

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), server.as(role)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll(role, "may not append");
    assertThatThrownBy(() -> Storage.openToRead(AssayHome.open(folder), server.as(stranger)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll(stranger, "may not read");
  }
}
