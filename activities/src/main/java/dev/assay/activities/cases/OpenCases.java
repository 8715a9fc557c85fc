package dev.assay.activities.cases;

import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import java.util.List;
import java.util.Optional;

/** A run has at most one case of a policy that isn't closed. */
final class OpenCases {
  private final Cases cases;

  OpenCases(Cases cases) {
    this.cases = cases;
  }

  /** The case of the same run and policy that isn't closed, if it is another one. */
  Optional<CaseRow> besides(String caseId) {
    return cases
        .find(caseId)
        .flatMap(
            row ->
                cases.ofRuns(row.ledger(), List.of(row.identity())).stream()
                    .filter(other -> other.policyName().equals(row.policyName()))
                    .filter(other -> !other.id().equals(caseId))
                    .filter(other -> !other.now().state().closed())
                    .findFirst());
  }
}
