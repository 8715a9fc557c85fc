package dev.assay.worker.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.VerifierKey;
import dev.assay.worker.bundle.BundleReport.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles of an earlier build must stay valid for ever: docs/formats/vectors. */
class GoldenBundleTest {
  private static final Path VECTORS = Path.of("../docs/formats/vectors");

  @ParameterizedTest
  @CsvSource({"run-bundle.zip, run, 7, 4", "workflow-bundle.zip, workflow, 48, 38"})
  void verify_keptBundles_areIntact(String file, String kind, long entries, long documents)
      throws IOException {
    VerifierKey key = VerifierKey.parse(Files.readString(VECTORS.resolve("bundles.vkey")).strip());
    BundleReport report = BundleVerifier.verify(VECTORS.resolve(file), Optional.of(key));
    assertThat(report.status()).as("%s", report).isEqualTo(Status.INTACT);
    assertThat(report.subject().kind()).isEqualTo(kind);
    assertThat(report.entries()).isEqualTo(entries);
    assertThat(report.documents()).isEqualTo(documents);
  }
}
