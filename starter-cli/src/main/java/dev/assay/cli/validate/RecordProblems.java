package dev.assay.cli.validate;

import dev.assay.connectors.ImportReport;
import dev.assay.model.policy.Check.CelCheck;
import dev.assay.model.policy.Check.RecordCheck;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.text.Count;
import java.util.Optional;

/**
 * Problems of records that no verdict can show: the policy has no check that looks at them. That is
 * the policy's right, so it changes no verdict, but it must be said.
 */
final class RecordProblems {
  private RecordProblems() {}

  /** How many of the runs read have problems in their record; 0 if the policy looks at problems. */
  static long unchecked(ValidationPolicy policy, ImportReport read) {
    return looksAtProblems(policy) ? 0 : read.withProblems();
  }

  /** What to tell the user about as many runs. */
  static Optional<String> hint(ValidationPolicy policy, long unchecked) {
    return unchecked == 0
        ? Optional.empty()
        : Optional.of(
            "the %s a problem (a part can't be read, or contradicts another), and no check of policy %s looks at that; add to a stage of it: {id: readable, type: record}"
                .formatted(
                    Count.of(
                        unchecked,
                        "record of 1 run has",
                        "records of %d runs have".formatted(unchecked)),
                    policy.name()));
  }

  /** A rule in CEL that names the problems, in a check or in the selection, looks at them, too. */
  private static boolean looksAtProblems(ValidationPolicy policy) {
    return policy.where().stream().anyMatch(where -> where.toString().contains("problems"))
        || policy.checks().stream()
            .anyMatch(
                check ->
                    check instanceof RecordCheck
                        || (check instanceof CelCheck cel
                            && cel.expression().toString().contains("problems")));
  }
}
