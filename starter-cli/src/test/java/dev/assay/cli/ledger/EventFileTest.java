package dev.assay.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.base.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileTest {
  @TempDir private Path folder;

  @Test
  void read_linesWithEmptyOnesBetween_knowsWhereEachStands() throws IOException {
    assertThat(read(line("a", "{}"), "", line("b", "{\"n\":1.5}")))
        .extracting(event -> event.line() + " " + event.entry().key())
        .containsExactly("1 a", "3 b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger/created", "conflict/k/1", "validate/nightly#7/planned", "run/1"})
  void read_keyThatIsTaken_isRefusedWithItsLine(String key) {
    assertThatThrownBy(() -> read(line("a", "{}"), line(key, "{}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("events.jsonl:2: ", "key " + key, "validate/");
  }

  @Test
  void read_keyOf513Bytes_isRefusedWithItsLine() throws IOException {
    assertThat(read(line("k".repeat(512), "{}"))).hasSize(1);
    assertThatThrownBy(() -> read(line("a", "{}"), line("k".repeat(513), "{}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("events.jsonl:2: ", "513 bytes");
  }

  @Test
  void read_numberThatADoubleLoses_isRefusedWithItsLine() {
    assertThatThrownBy(() -> read(line("a", "{}"), line("b", "{\"n\":1152921504606846977}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("events.jsonl:2: ", "1152921504606846977", "as a string");
  }

  @Test
  void read_pipe_isReadToItsEnd() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, line("a", "{}") + "\n" + line("b", "{}"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(new EventFile(pipe, Instant.EPOCH).read()).hasSize(2);
    writing.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-01-02T03:04:05.1234567Z", "2026-13-01T00:00:00Z"})
  void read_timeThatAnEntryCantHold_isRefusedWithItsLine(String time) {
    String event = line("a", "{}").replaceFirst("\\{", "{\"occurred\":\"" + time + "\",");
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("events.jsonl:1: 'occurred' is '" + time, "in UTC");
  }

  @Test
  void read_folder_isRefused() {
    assertThatThrownBy(() -> new EventFile(folder, Instant.EPOCH).read())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--file: " + folder + " is a folder");
  }

  private java.util.List<EventFile.Event> read(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), java.util.List.of(lines));
    return new EventFile(file, Instant.EPOCH).read();
  }

  private static String line(String key, String payload) {
    return "{\"key\":\"%s\",\"kind\":\"external.test\",\"actor\":\"a\",\"subject\":\"s\",\"payload\":%s}"
        .formatted(key, payload);
  }
}
