package dev.assay.model.check;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.Check.ArtifactCheck;
import dev.assay.model.policy.Glob;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Problem;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.CheckVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of the files a run left: that they are there, and that their bytes are what they were. */
final class ArtifactChecks {
  private ArtifactChecks() {}

  static Outcome artifact(ArtifactCheck check, RunEvidence evidence) {
    List<Artifact> artifacts = evidence.run().artifacts();
    for (Glob glob : check.require()) {
      if (artifacts.stream().noneMatch(artifact -> glob.matches(artifact.path()))) {
        if (unreachable(evidence.run())) {
          return Outcome.indeterminate(
              "artifacts can't be reached",
              "whether a file matches '%s' can't be told: the run's files could not be reached"
                  .formatted(glob));
        }
        return Outcome.fail(
            "no file matches " + glob,
            "the run left no file that matches '%s' (it left %s)"
                .formatted(glob, Texts.count(artifacts.size(), "file")));
      }
    }
    List<Artifact> required =
        artifacts.stream().filter(artifact -> matches(check, artifact.path())).toList();
    return switch (check.digests()) {
      case NONE ->
          Outcome.pass(
              Texts.count(required.size(), "file"),
              Texts.count(required.size(), "file") + " recorded");
      case RECORDED ->
          worst(required.stream().map(artifact -> recorded(artifact, evidence)).toList());
      case PINNED -> worst(pinned(check, required, evidence));
    };
  }

  private static boolean unreachable(Run run) {
    return run.problems().stream().anyMatch(problem -> problem.where().equals(Problem.ARTIFACTS));
  }

  private static boolean matches(ArtifactCheck check, String path) {
    return check.require().stream().anyMatch(glob -> glob.matches(path));
  }

  private static Outcome recorded(Artifact artifact, RunEvidence evidence) {
    return compare(
        artifact.path(),
        "the run records",
        artifact.sha256(),
        taken(evidence.artifactsNow(), artifact.path()));
  }

  /** Files that were there at the first import and are gone now are compared, too. */
  private static List<Outcome> pinned(
      ArtifactCheck check, List<Artifact> required, RunEvidence evidence) {
    SortedSet<String> paths =
        Stream.concat(
                required.stream().map(Artifact::path),
                evidence.artifactsFirst().stream()
                    .flatMap(first -> first.byPath().keySet().stream())
                    .filter(path -> matches(check, path)))
            .collect(Collectors.toCollection(TreeSet::new));
    SortedSet<String> present =
        required.stream().map(Artifact::path).collect(Collectors.toCollection(TreeSet::new));
    List<Outcome> outcomes = new ArrayList<>();
    for (String path : paths) {
      outcomes.add(
          present.contains(path)
              ? compare(
                  path,
                  "the first import took",
                  taken(evidence.artifactsFirst(), path),
                  taken(evidence.artifactsNow(), path))
              : Outcome.fail(
                  path + ": gone",
                  "'%s' was there at the first import, and is gone".formatted(path)));
    }
    return outcomes;
  }

  private static Outcome compare(
      String path, String who, Optional<Sha256> expected, Optional<Sha256> now) {
    if (expected.isEmpty() || now.isEmpty()) {
      String unknown = expected.isEmpty() ? who + " no digest" : "its bytes were not read";
      return Outcome.indeterminate(
          path + ": " + (expected.isEmpty() ? "no digest to compare with" : "bytes not read"),
          "nothing shows what '%s' holds: %s".formatted(path, unknown));
    }
    return expected.equals(now)
        ? Outcome.pass(path + ": " + now.get(), "'%s' holds what it should".formatted(path))
        : Outcome.fail(
            "%s: %s, expected %s".formatted(path, now.get(), expected.get()),
            "'%s' has SHA-256 %s, %s %s".formatted(path, now.get(), who, expected.get()));
  }

  private static Optional<Sha256> taken(Optional<ArtifactDigests> digests, String path) {
    return digests.flatMap(taken -> Optional.ofNullable(taken.byPath().get(path)));
  }

  /** The first that failed, else the first that is undecided, else a pass that counts the files. */
  private static Outcome worst(List<Outcome> outcomes) {
    return first(outcomes, CheckVerdict.FAIL)
        .or(() -> first(outcomes, CheckVerdict.INDETERMINATE))
        .orElseGet(
            () ->
                Outcome.pass(
                    Texts.count(outcomes.size(), "file"),
                    "the bytes of %s are what they should be"
                        .formatted(Texts.count(outcomes.size(), "file"))));
  }

  private static Optional<Outcome> first(List<Outcome> outcomes, CheckVerdict verdict) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).findFirst();
  }
}
