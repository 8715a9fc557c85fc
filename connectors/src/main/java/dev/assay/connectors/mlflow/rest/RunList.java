package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.rest.ReplyException.Kind;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which runs a server has. Its page tokens are offsets, so a run that appears or goes while the
 * list is read moves the others across pages: runs are listed from the oldest on, count once, and
 * the list is read again until it brings nothing new.
 */
final class RunList {
  /** Runs a page at first; each has all its params and tags, so a page may be too large. */
  private static final int PAGE = 500;

  /** Experiments of one search. */
  private static final int EXPERIMENTS = 100;

  /** Readings of one list; where runs are started all the time, the next import has the rest. */
  private static final int MAX_READINGS = 5;

  private final Api api;
  private final Map<String, Key> runs = new HashMap<>();

  private RunList(Api api) {
    this.api = api;
  }

  /** A run in the list. */
  record Key(String experimentId, String experiment, String runId, boolean deleted) {}

  /**
   * The runs by run id, deleted ones among them.
   *
   * @param experiment the one to list; empty: all
   */
  static List<Key> read(Api api, Optional<String> experiment) {
    RunList list = new RunList(api);
    try {
      List<Experiment> experiments =
          experiment.isPresent() ? List.of(list.named(experiment.get())) : list.experiments();
      for (int from = 0; from < experiments.size(); from += EXPERIMENTS) {
        list.readUntilQuiet(
            experiments.subList(from, Math.min(experiments.size(), from + EXPERIMENTS)));
      }
    } catch (ReplyException e) {
      throw list.refused(e);
    }
    return list.runs.values().stream().sorted(Comparator.comparing(Key::runId)).toList();
  }

  private record Experiment(String id, String name, boolean deleted) {}

  private Experiment named(String name) throws ReplyException {
    try {
      JsonObject reply = api.experiment(name);
      return experiment(JsonFiles.object(reply, "experiment"));
    } catch (ReplyException e) {
      if (e.isNotFound()) {
        throw new ServerRefusalException(
            "%s has no experiment %s that is shown to you; write one of its names after ?experiment="
                .formatted(api.http().server(), Texts.shown(name)),
            e);
      }
      throw e;
    }
  }

  private List<Experiment> experiments() throws ReplyException {
    Map<String, Experiment> found = new HashMap<>();
    Pages pages = new Pages("experiments/search");
    do {
      JsonObject page = api.experiments(pages.token());
      for (JsonObject item : Api.objects(page, "experiments")) {
        Experiment experiment = experiment(item);
        found.put(experiment.id(), experiment);
      }
      bound(found.size(), "experiments");
      pages.follow(Api.nextPage(page));
    } while (pages.more());
    return found.values().stream().sorted(Comparator.comparing(Experiment::id)).toList();
  }

  private static Experiment experiment(JsonObject item) throws ReplyException {
    String id = JsonFiles.text(item, "experiment_id").orElse("");
    Optional<String> name = JsonFiles.text(item, "name");
    if (id.isEmpty() || name.isEmpty()) {
      throw Api.malformed("experiments/search", "an experiment without id or name");
    }
    return new Experiment(id, name.get(), deleted(item));
  }

  private void readUntilQuiet(List<Experiment> experiments) throws ReplyException {
    Map<String, Experiment> byId = new HashMap<>();
    experiments.forEach(experiment -> byId.put(experiment.id(), experiment));
    for (int reading = 1; reading <= MAX_READINGS; reading++) {
      if (read(byId) == 0) {
        return;
      }
    }
  }

  /** One reading; the number of runs that were not known. */
  private long read(Map<String, Experiment> experiments) throws ReplyException {
    List<String> ids = experiments.keySet().stream().sorted().toList();
    long before = runs.size();
    int size = PAGE;
    Pages pages = new Pages("runs/search");
    do {
      JsonObject page;
      try {
        page = api.runs(ids, size, pages.token());
      } catch (ReplyException e) {
        if (e.kind() != Kind.TOO_LARGE || size == 1) {
          throw e;
        }
        size /= 2;
        continue;
      }
      for (JsonObject item : Api.objects(page, "runs")) {
        add(JsonFiles.object(item, "info"), experiments);
      }
      bound(runs.size(), "runs");
      pages.follow(Api.nextPage(page));
    } while (pages.more());
    return runs.size() - before;
  }

  private void add(JsonObject info, Map<String, Experiment> experiments) throws ReplyException {
    String id =
        JsonFiles.text(info, "run_id").or(() -> JsonFiles.text(info, "run_uuid")).orElse("");
    Optional<Experiment> experiment = JsonFiles.text(info, "experiment_id").map(experiments::get);
    if (id.isEmpty() || experiment.isEmpty()) {
      throw Api.malformed("runs/search", "a run without id, or of no experiment asked for");
    }
    runs.put(
        id,
        new Key(
            experiment.get().id(),
            experiment.get().name(),
            id,
            experiment.get().deleted() || deleted(info)));
  }

  /** MLflow marks what it no longer lists; a run that lacks the mark is listed. */
  static boolean deleted(JsonObject item) {
    return JsonFiles.text(item, "lifecycle_stage").equals(Optional.of("deleted"));
  }

  private static void bound(int count, String what) throws ReplyException {
    if (count > Limits.FOLDER_ENTRIES) {
      throw Api.malformed(
          what + "/search", "more than %d %s".formatted(Limits.FOLDER_ENTRIES, what));
    }
  }

  private ServerRefusalException refused(ReplyException e) {
    return new ServerRefusalException(
        "%s can't list its runs: %s; write the address of an MLflow tracking server, and as whom to ask into %s"
            .formatted(api.http().server(), e.getMessage(), ServerAccess.TOKEN),
        e);
  }
}
