package dev.assay.model.check;

import dev.assay.model.policy.Check.DatasetCheck;
import dev.assay.model.policy.Check.StatusCheck;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import java.util.List;

/** Checks of the record itself: whether it can be read, how the run ended, what data it names. */
final class RecordChecks {
  private RecordChecks() {}

  static Outcome record(Run run) {
    if (run.problems().isEmpty()) {
      return Outcome.pass(
          "no problems", "the record could be read, and contradicts itself nowhere");
    }
    Problem first = run.problems().getFirst();
    String count = Texts.count(run.problems().size(), "problem");
    return Outcome.fail(
        "%s; first: %s: %s".formatted(count, first.where(), first.what()),
        "the record has %s; the first, in %s: %s".formatted(count, first.where(), first.what()));
  }

  static Outcome status(StatusCheck check, Run run) {
    String status = run.status().name();
    return check.allowed().contains(run.status())
        ? Outcome.pass(status, "the run ended as " + status)
        : Outcome.fail(
            status,
            "the run's status is %s; the policy wants it %s".formatted(status, check.limit()));
  }

  static Outcome dataset(DatasetCheck check, Run run) {
    List<Dataset> named =
        run.datasets().stream()
            .filter(dataset -> check.name().matches(dataset.name()))
            .filter(dataset -> check.context().map(dataset.context()::equals).orElse(true))
            .toList();
    if (named.isEmpty()) {
      return Outcome.fail(
          "none of " + Texts.count(run.datasets().size(), "dataset"),
          "the record names no such dataset (%s)".formatted(check.limit()));
    }
    List<Dataset> bare = named.stream().filter(dataset -> dataset.digest().isEmpty()).toList();
    if (check.digest() && !bare.isEmpty()) {
      return Outcome.fail(
          bare.getFirst().name() + " without digest",
          "the record names dataset '%s' without a digest, so nobody can tell which data it was"
              .formatted(bare.getFirst().name()));
    }
    Dataset first = named.getFirst();
    return Outcome.pass(
        first.name() + (first.digest().isEmpty() ? "" : " " + first.digest()),
        "%s recorded".formatted(Texts.count(named.size(), "such dataset")));
  }
}
