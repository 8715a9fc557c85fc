package dev.assay.cli.validate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a table calls runs: their names, with the beginning of the digest where two of an experiment
 * have one name, and with the place where they were read if that is the same, too.
 */
final class RunLabels {
  private RunLabels() {}

  /** Labels of all {@code runs}. */
  static Map<RunResult, String> of(List<RunResult> runs) {
    Map<RunResult, String> labels = new HashMap<>();
    runs.forEach(run -> labels.put(run, run.name()));
    tellApart(labels, run -> " " + run.row().runDigest().abbreviated());
    tellApart(labels, run -> " at " + run.row().source());
    return labels;
  }

  private record Shown(String experiment, String label) {}

  private static void tellApart(Map<RunResult, String> labels, Function<RunResult, String> more) {
    Map<Shown, Integer> uses = new HashMap<>();
    labels.forEach((run, label) -> uses.merge(shown(run, label), 1, Integer::sum));
    labels.replaceAll(
        (run, label) ->
            uses.getOrDefault(shown(run, label), 1) > 1 ? label + more.apply(run) : label);
  }

  private static Shown shown(RunResult run, String label) {
    return new Shown(run.row().identity().experiment(), label);
  }
}
