package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Artifacts;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a run's {@code inputs/} and {@code outputs/} refer to: datasets and logged models. */
final class RunLinks {
  /** Ids that MLflow makes; anything else could lead out of the store. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Experiment experiment;
  private final Path folder;
  private final RunDraft draft;

  RunLinks(Experiment experiment, Path folder, RunDraft draft) {
    this.experiment = experiment;
    this.folder = folder;
    this.draft = draft;
  }

  void read(Artifacts artifacts) {
    for (Path input : entries("inputs")) {
      String where = "inputs/" + Folder.name(input) + "/" + Experiment.META;
      meta(input.resolve(Experiment.META), where).ifPresent(meta -> dataset(where, meta));
    }
    LoggedModel.forEach(models(), artifacts::addAll);
  }

  /** The models that the run logged. */
  List<LoggedModel<Path>> models() {
    List<LoggedModel<Path>> models = new ArrayList<>();
    for (Path output : entries("outputs")) {
      String where = "outputs/" + Folder.name(output) + "/" + Experiment.META;
      meta(output.resolve(Experiment.META), where)
          .flatMap(meta -> model(where, meta))
          .ifPresent(models::add);
    }
    return models;
  }

  private void dataset(String where, MetaYaml link) {
    Optional<String> type = link.text("source_type");
    if (!type.equals(Optional.of("DATASET"))) {
      return; // a model as input: told by lineage, not by datasets
    }
    target(where, link, "source_id", "datasets")
        .ifPresent(
            dataset ->
                draft.dataset(
                    where,
                    dataset.text("name").orElse(""),
                    dataset.text("digest").orElse(""),
                    link.map("tags").getOrDefault(MlflowFacts.DATA_CONTEXT, "")));
  }

  private Optional<LoggedModel<Path>> model(String where, MetaYaml link) {
    Optional<String> id = link.text("destination_id");
    return target(where, link, "destination_id", "models")
        .flatMap(
            meta -> {
              try {
                return Optional.of(
                    new LoggedModel<>(
                        id.orElse(""),
                        meta.text("name").orElse(id.orElse("")),
                        link.integer("step").orElse(0L),
                        meta.integer("creation_timestamp").orElse(0L),
                        experiment
                            .folder()
                            .resolve("models")
                            .resolve(id.orElse(""))
                            .resolve("artifacts")));
              } catch (RecordException e) {
                draft.problem(where, e);
                return Optional.empty();
              }
            });
  }

  /** The meta.yaml that a link names; a link to nothing is a problem. */
  private Optional<MetaYaml> target(String where, MetaYaml link, String key, String kind) {
    String id = link.text(key).orElse("");
    if (!ID.matcher(id).matches()) {
      draft.problem(where, "%s is %s, expected an id".formatted(key, Texts.shown(id)));
      return Optional.empty();
    }
    Path folders = experiment.folder().resolve(kind);
    Path target = folders.resolve(id);
    if (Folder.kind(folders) != Folder.Kind.FOLDER || Folder.kind(target) != Folder.Kind.FOLDER) {
      draft.problem(where, "it refers to %s/%s, which isn't there".formatted(kind, id));
      return Optional.empty();
    }
    return meta(target.resolve(Experiment.META), where);
  }

  private Optional<MetaYaml> meta(Path file, String where) {
    try {
      Optional<MetaYaml> meta = MetaYaml.read(file);
      if (meta.isEmpty()) {
        draft.problem(where, "%s isn't there".formatted(Folder.name(file)));
      }
      return meta;
    } catch (RecordException e) {
      draft.problem(where, e);
      return Optional.empty();
    }
  }

  private List<Path> entries(String kind) {
    try {
      return Folder.list(folder.resolve(kind));
    } catch (RecordException e) {
      draft.problem(kind, e);
      return List.of();
    }
  }
}
