package dev.assay.activities.validation;

import dev.assay.model.check.DuplicateSearch;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.RunEvidence;
import dev.assay.registry.PlanRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The duplicates that a plan pins, against those that its runs have. Used by one thread. */
final class PlannedDuplicates {
  private final DuplicateSearch search;
  private final boolean looked;
  private final List<PlanRow> rows = new ArrayList<>();
  private Optional<String> stranger = Optional.empty();

  PlannedDuplicates(ValidationPolicy policy) {
    search = new DuplicateSearch(policy.duplicateChecks());
    looked = !policy.duplicateChecks().isEmpty();
  }

  /** The next row in plan order. */
  void add(PlanRow row, RunEvidence evidence) {
    if (looked) {
      rows.add(row);
      search.add(evidence.run().identity(), evidence.run(), evidence.artifactsNow());
    } else if (row.duplicates().isPresent() && stranger.isEmpty()) {
      stranger =
          Optional.of(
              "run %s has duplicates, and no check looks for any".formatted(row.identity()));
    }
  }

  /** The first run of which the plan says something else. */
  Optional<String> difference() {
    for (int i = 0; i < rows.size(); i++) {
      PlanRow row = rows.get(i);
      Duplicates found = search.of(i);
      Optional<Sha256> expected =
          found.equals(Duplicates.NONE) ? Optional.empty() : Optional.of(found.digest());
      if (!expected.equals(row.duplicates())) {
        return Optional.of(
            "the duplicates of run %s are %s, planned were %s"
                .formatted(row.identity(), text(expected), text(row.duplicates())));
      }
    }
    return stranger;
  }

  private static String text(Optional<Sha256> digest) {
    return digest.map(Sha256::abbreviated).orElse("none");
  }
}
