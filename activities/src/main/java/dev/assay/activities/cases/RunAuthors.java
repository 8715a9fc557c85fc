package dev.assay.activities.cases;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.model.decision.Authors;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import dev.assay.registry.Registry;
import java.util.List;

/** Who ran the runs of a registry. */
final class RunAuthors {
  private RunAuthors() {}

  static List<String> of(Registry registry, Sha256 runDigest) {
    Run run =
        registry
            .runRevisions()
            .find(runDigest)
            .orElseThrow(
                () ->
                    new EvidenceMissingException(
                        "run revision %s is not in the registry; import the run again"
                            .formatted(runDigest)));
    return Authors.of(run);
  }
}
