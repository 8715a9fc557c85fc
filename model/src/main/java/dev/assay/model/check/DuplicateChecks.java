package dev.assay.model.check;

import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.RunEvidence;

/** Checks that a run isn't another one's copy. */
final class DuplicateChecks {
  private DuplicateChecks() {}

  static Outcome duplicate(DuplicateCheck check, RunEvidence evidence) {
    return switch (RunContent.of(evidence.run(), evidence.artifactsNow(), check.of())) {
      case RunContent.Nothing _ ->
          Outcome.indeterminate(
              "nothing to compare", "the record has none of what another run could have, too");
      case RunContent.Unclear(String what) ->
          Outcome.indeterminate(
              what, "whether another run has the same content can't be told: " + what);
      case RunContent.Known _ -> known(check, evidence.duplicates());
    };
  }

  private static Outcome known(DuplicateCheck check, Duplicates duplicates) {
    Duplicates.Group group = duplicates.byCheck().get(check.id());
    if (group == null) {
      return Outcome.pass("none", "no other run of the set has the same content");
    }
    String first = String.join(", ", group.first());
    String others = Texts.count(group.count(), "other run");
    String more = group.count() > group.first().size() ? ", …" : "";
    return Outcome.fail(
        "%s: %s%s".formatted(others, first, more),
        "%s of the set, %s%s, %s the same content"
            .formatted(others, Texts.bounded(first), more, group.count() == 1 ? "has" : "have"));
  }
}
