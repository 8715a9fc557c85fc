package dev.assay.worker.devserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalCliTest {
  @TempDir private Path folder;

  @Test
  void find_nowhere_isEmpty() {
    assertThat(TemporalCli.find(Map.of())).isEmpty();
    assertThat(TemporalCli.find(Map.of("PATH", folder + ":"))).isEmpty();
  }

  @Test
  void find_onPath_isTheFirstThatCanBeRun() throws IOException {
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.createDirectory(folder.resolve("temporal")); // a folder is no program
    Path program = program(second.resolve("temporal"));
    assertThat(TemporalCli.find(Map.of("PATH", folder + ":" + second))).hasValue(program);
  }

  @Test
  void find_named_beforePath() throws IOException {
    Path named = program(folder.resolve("my-temporal"));
    Path onPath = program(folder.resolve("temporal"));
    assertThat(onPath).exists();
    assertThat(
            TemporalCli.find(
                Map.of("PATH", folder.toString(), TemporalCli.VARIABLE, named.toString())))
        .hasValue(named);
  }

  @Test
  void find_namedButNoProgram_saysSo() {
    assertThatThrownBy(() -> TemporalCli.find(Map.of(TemporalCli.VARIABLE, folder.toString())))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("ASSAY_TEMPORAL_CLI is " + folder);
  }

  @Test
  void preferring_takenPort_takesAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DevServerSettings.Ports ports =
          FreePorts.preferring(List.of(taken.getLocalPort()), List.of());
      assertThat(ports.frontend()).isPositive().isNotEqualTo(taken.getLocalPort());
      assertThat(ports.ui()).isPositive().isNotEqualTo(ports.frontend());
      assertThat(Listening.on(taken.getLocalPort())).isTrue();
      assertThat(Listening.on(ports.frontend())).isFalse();
    }
  }

  private static Path program(Path file) throws IOException {
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }
}
