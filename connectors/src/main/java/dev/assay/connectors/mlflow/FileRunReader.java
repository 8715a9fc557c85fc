package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.ArtifactDigester;
import dev.assay.connectors.record.Artifacts;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one run folder of a file store. */
final class FileRunReader {
  private final Experiment experiment;
  private final Path folder;
  private final RunDraft draft;
  private final SortedMap<String, String> params = new TreeMap<>();
  private final SortedMap<String, String> tags = new TreeMap<>();

  private FileRunReader(Experiment experiment, Path folder) {
    this.experiment = experiment;
    this.folder = folder;
    this.draft =
        new RunDraft(
            new Source(MlflowFacts.SYSTEM, folder.toString()),
            experiment.name(),
            Folder.name(folder));
  }

  /** The run; empty if MLflow has marked it as deleted. */
  static Optional<ReadRun> read(Experiment experiment, Path folder, boolean digestArtifacts) {
    return new FileRunReader(experiment, folder).read(digestArtifacts);
  }

  private Optional<ReadRun> read(boolean digestArtifacts) {
    experiment.problem().ifPresent(problem -> draft.problem("../meta.yaml", problem));
    if (Folder.kind(folder) != Folder.Kind.FOLDER) {
      draft.problem("", "the run's folder is a symbolic link; links are not followed");
      return Optional.of(new ReadRun(draft.build(), Optional.empty()));
    }
    Optional<String> userId = Optional.empty();
    try {
      Optional<MetaYaml> meta = MetaYaml.read(folder.resolve(Experiment.META));
      if (meta.isEmpty()) {
        draft.problem(Experiment.META, "the file isn't there: the folder can't be known as a run");
      } else if (meta.get().text("lifecycle_stage").equals(Optional.of("deleted"))) {
        return Optional.empty();
      } else {
        userId = meta.get().text("user_id");
        meta(meta.get());
      }
    } catch (RecordException e) {
      draft.problem(Experiment.META, e);
    }
    texts("params", "", params, 0);
    texts("tags", "", tags, 0);
    tags.keySet().removeIf(MlflowFacts::isOfAssay);
    params.forEach((key, value) -> draft.param("params/" + key, key, value));
    tags.forEach((key, value) -> draft.tag("tags/" + key, key, value));
    MlflowFacts.derive(draft, "tags", tags, params, userId);
    metrics("", 0);
    Artifacts artifacts = new Artifacts(draft);
    artifacts.addAll(folder.resolve("artifacts"), "");
    new RunLinks(experiment, folder, draft).read(artifacts);
    Optional<ArtifactDigests> digests =
        digestArtifacts ? ArtifactDigester.digest(draft, artifacts.files()) : Optional.empty();
    return Optional.of(new ReadRun(draft.build(), digests, artifacts.files()));
  }

  private void meta(MetaYaml meta) throws RecordException {
    String id = Folder.name(folder);
    Optional<String> named = meta.text("run_id").or(() -> meta.text("run_uuid"));
    if (!named.equals(Optional.of(id))) {
      draft.problem(
          Experiment.META,
          "run_id is '%s', the folder is '%s'".formatted(named.orElse("missing"), id));
    }
    meta.text("run_name").ifPresent(name -> draft.name(Experiment.META, name));
    MlflowFacts.status(draft, Experiment.META, meta.text("status"));
    meta.millis("start_time").ifPresent(draft::started);
    meta.millis("end_time").ifPresent(draft::ended);
  }

  /** Params and tags: a file each, the name being the key; keys with {@code /} are folders. */
  private void texts(String kind, String prefix, SortedMap<String, String> sink, int depth) {
    String where = kind + "/" + prefix;
    try {
      for (Path entry : Folder.list(folder.resolve(where))) {
        String key = prefix + Folder.name(entry);
        if (Folder.kind(entry) == Folder.Kind.FOLDER && depth < Limits.DEPTH) {
          texts(kind, key + "/", sink, depth + 1);
        } else if (sink.size() <= Limits.ENTRIES) {
          text(entry, kind + "/" + key).ifPresent(value -> sink.put(key, value));
        }
      }
    } catch (RecordException e) {
      draft.problem(where, e);
    }
  }

  private Optional<String> text(Path file, String where) {
    try {
      Optional<byte[]> bytes = Folder.read(file, Limits.SMALL_FILE_BYTES);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.get())).toString());
    } catch (CharacterCodingException e) {
      draft.problem(where, "not UTF-8");
    } catch (RecordException e) {
      draft.problem(where, e);
    }
    return Optional.empty();
  }

  private void metrics(String prefix, int depth) {
    String where = "metrics/" + prefix;
    try {
      for (Path entry : Folder.list(folder.resolve(where))) {
        String metric = prefix + Folder.name(entry);
        if (Folder.kind(entry) == Folder.Kind.FOLDER && depth < Limits.DEPTH) {
          metrics(metric + "/", depth + 1);
        } else {
          metric(entry, metric);
        }
      }
    } catch (RecordException e) {
      draft.problem(where, e);
    }
  }

  private void metric(Path file, String metric) {
    try {
      Folder.read(file, Limits.FILE_BYTES)
          .ifPresent(bytes -> MetricFile.read(bytes, draft, "metrics/" + metric, metric));
    } catch (RecordException e) {
      draft.problem("metrics/" + metric, e);
    }
  }
}
