package dev.assay.worker.devserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TemporalVersionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporal version 1.5.0 (Server 1.29.0, UI 2.41.0)",
        "temporal version 1.5.1 (Server 1.29.1, UI 2.44.1)",
        "temporal version 2.0.0 (Server 2.1.0, UI 3.0.0)",
        "temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)"
      })
  void of_usableProgram_isWhatItSays(String said) throws IOException {
    assertThat(TemporalVersion.of(program("echo '%s'".formatted(said)))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 'temporal version 0.1.0 (Server 1.29.1, UI 2.44.1)' | older than 1.5",
        "echo 'temporal version 1.4.1 (Server 1.28.0, UI 2.39.0)' | (Server 1.28.0",
        "echo 'temporal version 0.0.0-DEV (Server 1.28.0, UI 2.39.0)' | (Server 1.28.0",
        "echo 'temporal version 0.1.0' | says no version of the Temporal CLI: temporal version 0.1",
        "echo boom | says no version of the Temporal CLI: boom",
        "exit 0 | says no version of the Temporal CLI: nothing",
        "echo boom >&2; exit 3 | ends with exit 3: boom"
      })
  void of_unusableProgram_isNamedWithWhatItSaid(String script, String expected) throws IOException {
    Path program = program(script);

    assertThatThrownBy(() -> TemporalVersion.of(program))
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll(program.toString(), expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep 60", "exec >&-; sleep 60", "yes"})
  void of_programThatHangs_isEndedInTime(String script) throws IOException {
    Path program = program(script);

    assertThatThrownBy(() -> TemporalVersion.of(program, Duration.ofMillis(300)))
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll(program.toString(), "hasn't ended after 300 ms");
  }

  @Test
  void prepare_serverThatEndsAtOnce_quotesItsLastLine() throws IOException {
    DevServerSettings settings =
        new DevServerSettings(
            program("echo first; echo 'boom at 3'; exit 3"),
            folder.resolve("temporal.db"),
            folder.resolve("temporal.log"),
            FreePorts.any(),
            List.of());
    try (DevServer server = DevServer.start(settings)) {
      assertThatThrownBy(() -> DevServerNamespace.prepare(server))
          .isInstanceOf(EngineException.class)
          .hasMessageContainingAll("ended", settings.logFile() + ", ends with: boom at 3");
    }
  }

  private Path program(String script) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("temporal"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    return Files.writeString(file, "#!/bin/sh\n" + script + "\n");
  }
}
