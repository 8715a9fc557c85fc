package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.bundle.BundleException;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleReport.Status;
import dev.assay.worker.bundle.BundleSubject;
import dev.assay.worker.bundle.BundleVerifier;
import dev.assay.worker.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bundles of a real validation, as they are made. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleTest {
  private final Bundles bundles;

  BundleTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_bundlesAsTheyWereMade_areIntact() throws IOException {
    BundleReport ofWorkflow = bundles.check(bundles.workflowFile());
    assertThat(ofWorkflow.status()).as("%s", ofWorkflow).isEqualTo(Status.INTACT);
    assertThat(ofWorkflow.entries())
        .isEqualTo(
            bundles.entries(LogFilter.ALL.withWorkflowId(bundles.workflowId())).stream()
                    .filter(entry -> entry.index() < ofWorkflow.checkpoint().size())
                    .count()
                + 1);
    BundleReport ofRun = bundles.check(bundles.runFile());
    assertThat(ofRun.status()).as("%s", ofRun).isEqualTo(Status.INTACT);
    assertThat(ofRun.documents()).isEqualTo(4); // run, policy, plan, findings
  }

  @Test
  void verify_withoutKey_isIndeterminate() throws IOException {
    assertThat(BundleVerifier.verify(bundles.runFile(), Optional.empty()).status())
        .isEqualTo(Status.INDETERMINATE);
  }

  @Test
  void write_twice_givesEqualBytes() throws IOException {
    Path again = bundles.write(new BundleSubject.Run(bundles.runId()), "run-again", bundles.note());
    assertThat(again).hasSameBinaryContentAs(bundles.runFile());
    Files.delete(again);
  }

  @Test
  void write_filesOfTheZip_haveNoTimeThatDependsOnTheZone() throws IOException {
    try (ZipFile zip = new ZipFile(bundles.runFile().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getExtra)).isNotEmpty().containsOnlyNulls();
    }
  }

  @Test
  void write_unknownSubject_isRefusedAndLeavesNoFile() {
    assertThatThrownBy(
            () -> bundles.write(new BundleSubject.Run("mlflow/no/such"), "none", bundles.note()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("mlflow/no/such");
    assertThat(bundles.file("none")).doesNotExist();
  }

  @Test
  void write_subjectOfExternalEventsAlone_isRefusedAndLeavesNoFile() {
    bundles
        .home()
        .stack()
        .storage()
        .ledger(Home.LEDGER)
        .append(
            new NewEntry(
                "event/1",
                "external.note",
                "somebody",
                "model/seven",
                "",
                Instant.EPOCH,
                Correlation.NONE,
                JsonObject.EMPTY));
    SignedNote later = bundles.home().stack().storage().signEnd(Home.LEDGER).note();
    assertThatThrownBy(() -> bundles.write(new BundleSubject.Run("model/seven"), "external", later))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("'model/seven' only by external.note: that is no run");
    assertThat(bundles.file("external")).doesNotExist();
  }

  @Test
  void write_lookupsThatLackEntries_isRefusedAndLeavesNoFile() throws Exception {
    Storage storage = bundles.home().stack().storage();
    try (var connection = storage.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM ledger.lookup WHERE kind = 'validation.sealed'");
    }
    try {
      assertThatThrownBy(
              () ->
                  bundles.write(
                      new BundleSubject.Workflow(bundles.workflowId()), "lacking", bundles.note()))
          .isInstanceOf(BundleException.class)
          .hasMessageContainingAll("no bundle was made", "assay db rebuild-projections");
      assertThat(bundles.file("lacking")).doesNotExist();
    } finally {
      storage.lookups(Home.LEDGER).rebuild(_ -> {});
    }
  }

  @Test
  void verify_anyByteChanged_isNoOtherException() throws IOException {
    byte[] bytes = Files.readAllBytes(bundles.runFile());
    Random random = new Random(20_261_123);
    Path file = bundles.scratch().resolve("flipped.zip");
    for (int i = 0; i < 2_000; i++) {
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      assertThatCode(
              () -> {
                try {
                  BundleVerifier.verify(file, Optional.of(bundles.key()));
                } catch (BundleException _) {
                  // no bundle any more
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
