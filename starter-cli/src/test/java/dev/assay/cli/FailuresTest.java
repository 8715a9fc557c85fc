package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.UnavailableException;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.worker.choice.EngineSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir private Path home;

  @Test
  void of_whatTheUserWrote_is2() {
    assertThat(
            Stream.of(
                new UsageException("u"), new JsonException("j"), new NoSuchFileException("f")))
        .allSatisfy(thrown -> assertThat(of(thrown).exit()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void of_folderWhereAFileShouldBe_is2() {
    IOException read = assertThrows(IOException.class, () -> Files.readAllBytes(home));
    IOException written = assertThrows(IOException.class, () -> Files.write(home, new byte[1]));
    IOException made =
        assertThrows(
            IOException.class,
            () -> Files.createDirectories(Files.createFile(home.resolve("file"))));
    assertThat(Stream.of(read, written, made))
        .allSatisfy(thrown -> assertThat(of(thrown).exit()).isEqualTo(ExitCode.USAGE));
    assertThat(of(new IOException("No space left on device")).exit()).isEqualTo(ExitCode.BUG);
  }

  @Test
  void of_missingService_is5() {
    assertThat(of(new UnavailableException("no database")))
        .isEqualTo(new Failure(ExitCode.UNAVAILABLE, "no database"));
  }

  @Test
  void of_ledgerThatIsNotThere_is3UnlessItWasSignedHere() throws IOException {
    LedgerNotFoundException gone = new LedgerNotFoundException("no ledger main");
    assertThat(of(gone).exit()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(of(gone).message()).contains("there is no ledger main", "yet");
    Path signed = Files.createDirectory(home.resolve("keys")).resolve("checkpoint-main.signed");
    CheckpointSigners.fileBacked(
            signed.resolveSibling("checkpoint-main.pem"), signed, "assay/main/x", (_, _) -> true)
        .sign(new Checkpoint("assay/main/x", 48, Sha256.of(new byte[] {1})));
    assertThat(of(gone).exit()).isEqualTo(ExitCode.TAMPERED);
    assertThat(of(gone).message())
        .contains(signed.toString(), "48 entries", "the database has no such ledger", "backup");
    Files.writeString(signed, "x");
    assertThat(of(gone).exit()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(of(gone).message()).contains(signed.toString(), "Restore it from a backup");
  }

  @Test
  void of_aSignerThatContradictsItself_is4() {
    assertThat(of(new CheckpointContradictedException("another key")))
        .isEqualTo(new Failure(ExitCode.TAMPERED, "another key"));
  }

  @Test
  void of_anythingElse_is70AndNamesALogWithTheStackTrace() throws IOException {
    Failure failure = of(new IllegalStateException("two documents"));

    assertThat(failure.exit()).isEqualTo(ExitCode.BUG);
    Path log = onlyFileIn(home.resolve("logs"));
    assertThat(failure.message()).contains("two documents", log.toString());
    assertThat(log).content().contains("two documents", "FailuresTest.java");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
  }

  @Test
  void of_anErrorWithoutAHome_keepsTheLogElsewhere() throws IOException {
    Path absent = home.resolve("absent");
    Failure failure = Failures.of(new StackOverflowError(), settings(absent));

    assertThat(absent).doesNotExist();
    String name = failure.message().replaceAll("(?s).* in (\\S+\\.log);.*", "$1");
    assertThat(Path.of(name)).content().contains("StackOverflowError");
    Files.delete(Path.of(name));
  }

  private Failure of(Throwable thrown) {
    return Failures.of(thrown, settings(home));
  }

  private static Settings settings(Path home) {
    return new Settings(OutputFormat.TEXT, true, home, true, "main", EngineSelection.EMBEDDED);
  }

  private static Path onlyFileIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }
}
