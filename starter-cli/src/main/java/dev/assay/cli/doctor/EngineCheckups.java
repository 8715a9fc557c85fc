package dev.assay.cli.doctor;

import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Settings;
import dev.assay.model.text.Count;
import dev.assay.worker.EngineOpening;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.NamespaceFacts;
import dev.assay.worker.engine.TaskQueuePollers;
import dev.assay.worker.engine.TaskQueuePollers.Poller;
import dev.assay.workflows.TaskQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An engine in other processes: its namespace, and who takes its tasks. */
final class EngineCheckups {
  /** A history must outlive the question why it failed. */
  private static final Duration SHORT_RETENTION = Duration.ofDays(7);

  private EngineCheckups() {}

  static List<Checkup> of(Engine engine, Settings settings) {
    List<Checkup> found = new ArrayList<>();
    found.add(
        Checkup.ok(
            "engine",
            "%s at %s, namespace %s"
                .formatted(
                    engine.mode().written(),
                    engine.address().orElse("this process"),
                    engine.namespace())));
    found.add(retention(NamespaceFacts.retention(engine), engine.namespace()));
    found.add(attributes(engine));
    for (String queue : TaskQueues.BUILT_IN) {
      found.add(queue(queue, TaskQueuePollers.of(engine, queue), settings));
    }
    return List.copyOf(found);
  }

  static Checkup queue(String queue, List<Poller> pollers, Settings settings) {
    return QueueCheckup.of(
        queue, pollers, Instant.now(), Invocation.of("worker --queues " + queue, settings));
  }

  static Checkup retention(Duration retention, String namespace) {
    String found = "finished workflows are kept for " + Count.of(retention.toDays(), "day");
    return retention.compareTo(SHORT_RETENTION) < 0
        ? Checkup.warn(
            "retention",
            found,
            "temporal operator namespace update --retention 30d -n " + namespace)
        : Checkup.ok("retention", found);
  }

  private static Checkup attributes(Engine engine) {
    List<String> missing =
        EngineOpening.ATTRIBUTES.stream()
            .filter(key -> !engine.capabilities().searchAttributes().contains(key.getName()))
            .map(key -> "--name %s --type Keyword".formatted(key.getName()))
            .toList();
    return missing.isEmpty()
        ? Checkup.ok("search attributes", "registered")
        : Checkup.warn(
            "search attributes",
            "not registered, or we may not ask: the Web UI can't filter by policy and verdict",
            "temporal operator search-attribute create -n %s %s"
                .formatted(engine.namespace(), String.join(" ", missing)));
  }
}
