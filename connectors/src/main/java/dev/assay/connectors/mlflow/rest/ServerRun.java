package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.LoggedModel;
import dev.assay.connectors.mlflow.MlflowFacts;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.TaskResult;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads one run. What the server has of it and can't give is a problem of the run; a server that
 * can't be reached any more, or no longer lets us in, ends the import.
 */
final class ServerRun {
  /** Ids that MLflow makes; anything else could lead to another endpoint. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Api api;
  private final RunList.Key key;
  private final RunDraft draft;
  private long points;

  private ServerRun(Api api, RunList.Key key) {
    this.api = api;
    this.key = key;
    this.draft =
        new RunDraft(
            new Source(
                MlflowFacts.SYSTEM, api.http().server().run(key.experimentId(), key.runId())),
            key.experiment(),
            key.runId());
  }

  static TaskResult read(Api api, RunList.Key key, boolean digestArtifacts) {
    return new ServerRun(api, key).read(digestArtifacts);
  }

  private TaskResult read(boolean digestArtifacts) {
    JsonObject run;
    try {
      run = JsonFiles.object(api.run(key.runId()), "run");
    } catch (ReplyException e) {
      if (e.isNotFound()) {
        return TaskResult.deleted(1); // since it was listed
      }
      if (e.isForbidden()) {
        throw new ServerRefusalException(
            "%s lists run %s, and refuses to give it: %s; ask for the right to read its experiment"
                .formatted(api.http().server(), Texts.shown(key.runId()), e.getMessage()),
            e);
      }
      draft.problem("runs", "the run can't be read: " + e.lasting());
      return TaskResult.of(new ReadRun(draft.build(), Optional.empty()));
    }
    JsonObject info = JsonFiles.object(run, "info");
    if (RunList.deleted(info)) {
      return TaskResult.deleted(1);
    }
    info(info);
    data(JsonFiles.object(run, "data"), JsonFiles.text(info, "user_id"));
    datasets(JsonFiles.object(run, "inputs"));
    ServerFiles files = new ServerFiles(draft);
    files.addAll((folder, token) -> api.artifacts(key.runId(), folder, token), "");
    LoggedModel.forEach(models(JsonFiles.object(run, "outputs")), files::addAll);
    Optional<ArtifactDigests> digests =
        digestArtifacts ? FileDigests.take(api, draft, files.files()) : Optional.empty();
    return TaskResult.of(new ReadRun(draft.build(), digests));
  }

  private void info(JsonObject info) {
    Optional<String> id = JsonFiles.text(info, "run_id").or(() -> JsonFiles.text(info, "run_uuid"));
    if (!id.equals(Optional.of(key.runId()))) {
      draft.problem(
          "runs", "the server gives run %s".formatted(Texts.shown(id.orElse("of no id"))));
    }
    JsonFiles.text(info, "run_name").ifPresent(name -> draft.name("runs", name));
    MlflowFacts.status(draft, "runs", JsonFiles.text(info, "status"));
    time(info, "start_time", draft::started);
    time(info, "end_time", draft::ended);
  }

  private void time(JsonObject info, String name, Consumer<Instant> sink) {
    if (!info.members().containsKey(name)) {
      return;
    }
    Optional<Long> millis =
        Api.integer(info, name).filter(time -> Math.abs(time) <= Limits.LARGEST_MILLIS);
    if (millis.isPresent()) {
      sink.accept(Instant.ofEpochMilli(millis.get()));
    } else {
      draft.problem("runs", "%s is no time in milliseconds".formatted(name));
    }
  }

  private void data(JsonObject data, Optional<String> userId) {
    SortedMap<String, String> params = texts(data, "params");
    SortedMap<String, String> tags = texts(data, "tags");
    tags.keySet().removeIf(MlflowFacts::isOfAssay);
    params.forEach((name, value) -> draft.param("params", name, value));
    tags.forEach((name, value) -> draft.tag("tags", name, value));
    MlflowFacts.derive(draft, "tags", tags, params, userId);
    TreeSet<String> metrics = new TreeSet<>();
    for (JsonObject metric : Api.objects(data, "metrics")) {
      metrics.add(JsonFiles.text(metric, "key").orElse(""));
    }
    metrics.stream().limit(Limits.ENTRIES + 1L).forEach(this::history);
  }

  private static SortedMap<String, String> texts(JsonObject data, String name) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (JsonObject item : Api.objects(data, name)) {
      texts.put(JsonFiles.text(item, "key").orElse(""), JsonFiles.text(item, "value").orElse(""));
    }
    return texts;
  }

  /** A history counts whole or not at all: the last point of a part is not the last. */
  private void history(String metric) {
    List<HistoryPage.Point> history = new ArrayList<>();
    Pages pages = new Pages("metrics/get-history");
    try {
      while (pages.more() && points <= Limits.POINTS) { // the draft tells what is left out
        byte[] reply = api.history(key.runId(), metric, pages.token());
        HistoryPage.Read page = HistoryPage.read(reply, draft, metric);
        history.addAll(page.points());
        points += page.points().size();
        pages.follow(page.next());
      }
    } catch (ReplyException e) {
      draft.problem("metrics", "%s can't be read: %s".formatted(Texts.shown(metric), e.lasting()));
      return;
    }
    RunDraft.Points series = draft.metric("metrics", metric);
    history.forEach(point -> series.add(point.step(), point.timeMicros(), point.value()));
  }

  private void datasets(JsonObject inputs) {
    for (JsonObject input : Api.objects(inputs, "dataset_inputs")) {
      JsonObject dataset = JsonFiles.object(input, "dataset");
      String context =
          Api.objects(input, "tags").stream()
              .filter(
                  tag -> JsonFiles.text(tag, "key").equals(Optional.of(MlflowFacts.DATA_CONTEXT)))
              .findFirst()
              .flatMap(tag -> JsonFiles.text(tag, "value"))
              .orElse("");
      draft.dataset(
          "inputs",
          JsonFiles.text(dataset, "name").orElse(""),
          JsonFiles.text(dataset, "digest").orElse(""),
          context);
    }
  }

  private List<LoggedModel<ServerFiles.Lister>> models(JsonObject outputs) {
    List<LoggedModel<ServerFiles.Lister>> models = new ArrayList<>();
    List<JsonObject> links = Api.objects(outputs, "model_outputs");
    if (links.size() > Limits.ENTRIES) {
      draft.problem(
          "outputs", "more than %d models; the rest is left out".formatted(Limits.ENTRIES));
    }
    for (JsonObject link : links.subList(0, Math.min(Limits.ENTRIES, links.size()))) {
      model(link).ifPresent(models::add);
    }
    return models;
  }

  private Optional<LoggedModel<ServerFiles.Lister>> model(JsonObject link) {
    String id = JsonFiles.text(link, "model_id").orElse("");
    if (!ID.matcher(id).matches()) {
      draft.problem("outputs", "model_id is %s, expected an id".formatted(Texts.shown(id)));
      return Optional.empty();
    }
    try {
      JsonObject info = JsonFiles.object(JsonFiles.object(api.model(id), "model"), "info");
      return Optional.of(
          new LoggedModel<>(
              id,
              JsonFiles.text(info, "name").filter(name -> !name.isEmpty()).orElse(id),
              Api.integer(link, "step").orElse(0L),
              Api.integer(info, "creation_timestamp_ms").orElse(0L),
              (folder, token) -> api.modelArtifacts(id, folder, token)));
    } catch (ReplyException e) {
      draft.problem(
          "outputs",
          e.isNotFound()
              ? "it refers to models/%s, which isn't there".formatted(id)
              : "models/%s can't be read: %s".formatted(id, e.lasting()));
      return Optional.empty();
    }
  }
}
