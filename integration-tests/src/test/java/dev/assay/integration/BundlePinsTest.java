package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.bundle.BundleReport;
import dev.assay.worker.bundle.BundleReport.Status;
import dev.assay.worker.bundle.BundleSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of a validation whose plan pins more than its runs. */
@ExtendWith(SharedBundles.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundlePinsTest {
  @TempDir private Path folder;
  private final Bundles bundles;

  BundlePinsTest(Bundles bundles) {
    this.bundles = bundles;
  }

  @Test
  void verify_whatThePlanPins_isThereAndRequired() throws Exception {
    StoredEntry planned = validate();
    String pins = document(((JsonString) planned.payload().members().get("pins")).value());
    String baseline =
        document(
            ((JsonString)
                    ((JsonArray) planned.payload().members().get("pinnedRuns")).items().getFirst())
                .value());

    for (BundleSubject subject :
        new BundleSubject[] {
          new BundleSubject.Workflow(planned.subject()), new BundleSubject.Run("assay/e/copy")
        }) {
      String name = "pinned-" + subject.getClass().getSimpleName();
      Path bundle =
          bundles.write(
              subject, name, bundles.home().stack().storage().signEnd(Home.LEDGER).note());
      BundleReport report = bundles.check(bundle);
      assertThat(report.status()).as("%s: %s", subject, report).isEqualTo(Status.INTACT);
      assertThat(BundleCopies.of(bundle).names()).contains(pins, baseline);
      assertThat(BundleCopies.of(bundle).names())
          .filteredOn(file -> text(bundle, file).contains("\"first\":[\"assay/e/good\"]"))
          .as("the duplicates of the run")
          .hasSize(1);
      bundles.expectMissing(
          name + "-without-pins", BundleCopies.of(bundle).remove(pins).listed(), "(pins of entry");
      bundles.expectMissing(
          name + "-without-baseline",
          BundleCopies.of(bundle).remove(baseline).listed(),
          "(pinnedRuns of entry");
    }
  }

  private StoredEntry validate() throws Exception {
    bundles
        .home()
        .validate(
            ComparedRuns.policy(folder, ComparedRuns.EVERY_CHECK),
            ComparedRuns.write(
                folder,
                "runs",
                ComparedRuns.run("base", 0.9),
                ComparedRuns.run("good", 0.88),
                ComparedRuns.run("copy", 0.88)));
    return bundles.entries(LogFilter.ALL.withKind(EntryKind.VALIDATION_PLANNED)).getLast();
  }

  private static String document(String digest) {
    return "documents/%s.json".formatted(digest);
  }

  private static String text(Path bundle, String file) {
    try {
      return BundleCopies.of(bundle).text(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
