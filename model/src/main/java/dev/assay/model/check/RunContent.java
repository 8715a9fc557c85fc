package dev.assay.model.check;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.policy.RunPart;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Code;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What two runs must share to be duplicates. */
public sealed interface RunContent {
  /** Runs of equal digests have the same content. */
  record Known(Sha256 digest) implements RunContent {}

  /** The record has none of the parts. */
  record Nothing() implements RunContent {}

  /**
   * The record names a part, but not by digest, so it could be anything.
   *
   * @param what which
   */
  record Unclear(String what) implements RunContent {}

  /**
   * The content of {@code parts}; a part that the record lacks equals the same lack elsewhere.
   *
   * @param taken digests that Assay took of the run's files; they count before those that the
   *     record names
   */
  static RunContent of(Run run, Optional<ArtifactDigests> taken, List<RunPart> parts) {
    if (parts.stream().noneMatch(part -> has(run, part))) {
      return new Nothing();
    }
    return parts.stream()
        .flatMap(part -> unclear(run, taken, part).stream())
        .findFirst()
        .<RunContent>map(Unclear::new)
        .orElseGet(() -> new Known(digest(run, taken, parts)));
  }

  private static boolean has(Run run, RunPart part) {
    return switch (part) {
      case PARAMS -> !run.params().isEmpty();
      case DATASETS -> !run.datasets().isEmpty();
      case METRICS -> !run.metrics().isEmpty();
      case ARTIFACTS -> !run.artifacts().isEmpty();
      case CODE -> run.code().filter(code -> !code.commit().isEmpty()).isPresent();
    };
  }

  private static Optional<String> unclear(Run run, Optional<ArtifactDigests> taken, RunPart part) {
    return switch (part) {
      case PARAMS, METRICS -> Optional.empty();
      case DATASETS ->
          run.datasets().stream()
              .filter(dataset -> dataset.digest().isEmpty())
              .findFirst()
              .map(dataset -> "dataset %s has no digest".formatted(dataset.name()));
      case ARTIFACTS ->
          run.artifacts().stream()
              .filter(artifact -> digest(artifact, taken).isEmpty())
              .findFirst()
              .map(artifact -> "no digest of %s is known".formatted(artifact.path()));
      case CODE ->
          run.code()
              .filter(code -> code.dirty().orElse(false))
              .map(code -> "files differed from commit %s".formatted(code.commit()));
    };
  }

  private static Optional<Sha256> digest(Artifact artifact, Optional<ArtifactDigests> taken) {
    return taken
        .flatMap(digests -> Optional.ofNullable(digests.byPath().get(artifact.path())))
        .or(artifact::sha256);
  }

  private static Sha256 digest(Run run, Optional<ArtifactDigests> taken, List<RunPart> parts) {
    CanonicalWriter out = new CanonicalWriter(1024).beginObject();
    parts.stream()
        .sorted(Comparator.comparing(RunPart::text))
        .forEach(
            part -> {
              out.key(part.text());
              write(out, run, taken, part);
            });
    return Sha256.of(out.endObject().toByteArray());
  }

  private static void write(
      CanonicalWriter out, Run run, Optional<ArtifactDigests> taken, RunPart part) {
    switch (part) {
      case PARAMS -> {
        out.beginObject();
        run.params().forEach((name, value) -> out.key(name).value(value));
        out.endObject();
      }
      case DATASETS -> {
        out.beginArray();
        run.datasets().stream()
            .sorted(
                Comparator.comparing(Dataset::name)
                    .thenComparing(Dataset::digest)
                    .thenComparing(Dataset::context))
            .forEach(data -> texts(out, data.name(), data.digest(), data.context()));
        out.endArray();
      }
      case METRICS -> {
        out.beginObject();
        run.metrics().forEach((name, series) -> points(out.key(name), series));
        out.endObject();
      }
      case ARTIFACTS -> {
        out.beginArray();
        run.artifacts().stream()
            .sorted(Comparator.comparing(Artifact::path))
            .forEach(
                file -> texts(out, file.path(), digest(file, taken).map(Sha256::hex).orElse("")));
        out.endArray();
      }
      case CODE ->
          texts(
              out,
              run.code().map(Code::repository).orElse(""),
              run.code().map(Code::commit).orElse(""));
    }
  }

  /** Steps and values, not times: the same numbers an hour later are the same numbers. */
  private static void points(CanonicalWriter out, MetricSeries series) {
    out.beginArray();
    for (int i = 0; i < series.size(); i++) {
      out.integer(series.step(i)).bits(series.value(i));
    }
    out.endArray();
  }

  private static void texts(CanonicalWriter out, String... texts) {
    out.beginArray();
    for (String text : texts) {
      out.value(text);
    }
    out.endArray();
  }
}
