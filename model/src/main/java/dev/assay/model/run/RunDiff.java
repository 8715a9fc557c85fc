package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two revisions of a run: in the order of its parts, within one by name, for
 * metrics by step. Where a run was read is no difference.
 *
 * @param changes the first {@link #MAX}
 * @param more how many others there are
 */
public record RunDiff(List<Change> changes, long more) {
  /** Changes that are named; the rest is counted. */
  public static final int MAX = 200;

  /** Longest text of one side, in characters. */
  static final int MAX_TEXT = 200;

  public RunDiff {
    changes = List.copyOf(changes);
  }

  /**
   * A place that differs.
   *
   * @param where such as {@code tags.team} or {@code metrics.loss[step 3]}
   * @param before what was there; empty if nothing was
   * @param after what is there now; empty if nothing is
   */
  public record Change(String where, Optional<String> before, Optional<String> after) {}

  /** Whether they are equal. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** What differs between two records. */
  public static RunDiff between(Run before, Run after) {
    Collector found = new Collector();
    found.records(before, after);
    return found.diff();
  }

  /** As {@link #between(Run, Run)}, and between the files' bytes, as far as both were read. */
  public static RunDiff between(RunEvidence before, RunEvidence after) {
    Collector found = new Collector();
    found.records(before.run(), after.run());
    if (before.artifactsNow().isPresent() && after.artifactsNow().isPresent()) {
      found.maps(
          "bytes.", digests(before.artifactsNow().get()), digests(after.artifactsNow().get()));
    }
    return found.diff();
  }

  private static SortedMap<String, String> digests(ArtifactDigests digests) {
    SortedMap<String, String> texts = new TreeMap<>();
    digests.byPath().forEach((path, digest) -> texts.put(path, digest.hex()));
    return texts;
  }

  /** Collects what differs; used by one thread. */
  private static final class Collector implements MetricDiff.Sink {
    private final List<Change> changes = new ArrayList<>();
    private long more;

    RunDiff diff() {
      return new RunDiff(changes, more);
    }

    void records(Run before, Run after) {
      one("name", before, after, run -> Optional.of(run.name()));
      one("status", before, after, run -> Optional.of(run.status().name()));
      one("started", before, after, run -> run.started().map(Object::toString));
      one("ended", before, after, run -> run.ended().map(Object::toString));
      maps("params.", before.params(), after.params());
      maps("tags.", before.tags(), after.tags());
      MetricDiff.tell(before.metrics(), after.metrics(), this);
      maps("artifacts.", artifacts(before), artifacts(after));
      maps("datasets.", datasets(before), datasets(after));
      one("code", before, after, run -> run.code().map(RunDiff::text));
      one("seed", before, after, Run::seed);
      one("author", before, after, Run::author);
      one("parents", before, after, run -> Optional.of(String.join(", ", run.parents())));
      problems(before.problems(), after.problems());
    }

    private void one(String where, Run before, Run after, Function<Run, Optional<String>> part) {
      differ(where, part.apply(before), part.apply(after));
    }

    void maps(String prefix, Map<String, String> before, Map<String, String> after) {
      TreeSet<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      for (String key : keys) {
        differ(
            prefix + key,
            Optional.ofNullable(before.get(key)),
            Optional.ofNullable(after.get(key)));
      }
    }

    private void problems(List<Problem> before, List<Problem> after) {
      TreeSet<Problem> all = new TreeSet<>(before);
      all.addAll(after);
      for (Problem problem : all) {
        Optional<String> text = Optional.of(problem.what());
        differ(
            "problems." + problem.where(),
            before.contains(problem) ? text : Optional.empty(),
            after.contains(problem) ? text : Optional.empty());
      }
    }

    @Override
    public void differ(String where, Optional<String> before, Optional<String> after) {
      if (before.equals(after)) {
        return;
      }
      if (changes.size() == MAX) {
        more++;
        return;
      }
      changes.add(
          new Change(bounded(where), before.map(RunDiff::bounded), after.map(RunDiff::bounded)));
    }
  }

  private static SortedMap<String, String> artifacts(Run run) {
    return run.artifacts().stream()
        .collect(
            Collectors.toMap(
                Artifact::path,
                file ->
                    "%d bytes%s"
                        .formatted(
                            file.size(),
                            file.sha256().map(Sha256::hex).map(hex -> ", " + hex).orElse("")),
                (one, other) -> one + "; " + other,
                TreeMap::new));
  }

  private static SortedMap<String, String> datasets(Run run) {
    return run.datasets().stream()
        .collect(
            Collectors.toMap(
                data ->
                    data.context().isEmpty()
                        ? data.name()
                        : "%s (%s)".formatted(data.name(), data.context()),
                Dataset::digest,
                (one, other) -> one + "; " + other,
                TreeMap::new));
  }

  private static String text(Code code) {
    return "%s of %s%s"
        .formatted(
            code.commit(),
            code.repository(),
            code.dirty().map(dirty -> dirty ? ", dirty" : ", clean").orElse(""));
  }

  private static String bounded(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 2)) ? MAX_TEXT - 2 : MAX_TEXT - 1;
    return text.substring(0, end) + "…";
  }
}
