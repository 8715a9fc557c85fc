package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.activities.validation.ResultForgedException;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.ShardStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultKeysTest {
  @TempDir private Path recorder;
  @TempDir private Path judge;
  private ResultKeys keys = new ResultKeys(Path.of(""));

  @BeforeEach
  void open() {
    keys = new ResultKeys(recorder);
  }

  @Test
  void trusted_newHome_isItsOwnKey() {
    assertThat(keys.trusted()).containsExactly(keys.signer().verifierKey());
  }

  @Test
  void trusted_moreKeysInTheHome_areAllOfThem() throws IOException {
    NoteSigner before = new ResultKeys(judge).signer();
    Files.copy(
        judge.resolve("results-1.pem"),
        recorder.resolve("results-0.pem"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

    List<VerifierKey> trusted = keys.trusted();

    assertThat(trusted).hasSize(2).contains(keys.signer().verifierKey());
    assertThat(trusted.getLast().name()).isEqualTo("assay/results/worker-0");
    assertThat(before.verifierKey().name()).isEqualTo("assay/results/worker-1");
  }

  @Test
  void trusted_resultOfAWorkerWithAnotherHome_countsOnceItsKeyIsListed() throws IOException {
    ShardStatement statement = statement();
    NoteSigner other = new ResultKeys(judge).signer();
    String note = other.sign(statement.text()).toString();

    assertThatThrownBy(() -> new TrustedResults(keys.trusted()).signerOf(statement, note))
        .isInstanceOf(ResultForgedException.class)
        .hasMessageContaining("no trusted worker signed it");

    list("# the machine with the processors", "", "  " + other.verifierKey() + "  ");

    assertThat(new TrustedResults(keys.trusted()).signerOf(statement, note))
        .isEqualTo(other.verifierKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a key",
        "assay/results/worker-1",
        "assay/results/worker-1+00000000+AQ==",
        "PRIVATE KEY"
      })
  void trusted_badLine_isRefusedNamingFileAndLine(String bad) throws IOException {
    list("# comment", new ResultKeys(judge).signer().verifierKey().toString(), bad);

    assertThatThrownBy(keys::trusted)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(
            recorder.resolve("trusted-results") + ", line 3: ", "one worker's public key");
  }

  @Test
  void trusted_tooManyLines_isRefused() throws IOException {
    Files.write(
        recorder.resolve("trusted-results"), Collections.nCopies(ResultKeys.MAX_KEYS + 1, "#"));

    assertThatThrownBy(keys::trusted)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("more than 1000 keys");
  }

  @Test
  void trusted_fileIsNotText_isRefusedNamingIt() throws IOException {
    Files.write(recorder.resolve("trusted-results"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(keys::trusted)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("trusted-results");
  }

  private void list(String... lines) throws IOException {
    Files.write(recorder.resolve("trusted-results"), List.of(lines));
  }

  private static ShardStatement statement() {
    Sha256 digest = Sha256.of(new byte[] {1});
    return new ShardStatement("validate/x#1", digest, 0, 3, digest);
  }
}
