package dev.assay.cli.doctor;

import dev.assay.worker.engine.TaskQueuePollers.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who takes the tasks of a queue, and whether they still ask for them. */
final class QueueCheckup {
  /** Who waits for tasks asks again every 60 s; the rest is for the way there and for clocks. */
  private static final Duration STILL_ASKS = Duration.ofSeconds(70);

  private QueueCheckup() {}

  /**
   * One that is silent beside others that ask is no trouble: the engine remembers those that were
   * replaced, too.
   *
   * @param worker the command that starts a worker of it
   */
  static Checkup of(String queue, List<Poller> pollers, Instant now, String worker) {
    String name = "queue " + queue;
    if (pollers.isEmpty()) {
      return Checkup.fail(name, "nobody takes its tasks: workflows wait", "start " + worker);
    }
    Optional<Duration> leastSilent =
        pollers.stream()
            .map(poller -> silence(poller, now))
            .min(Comparator.naturalOrder())
            .filter(silent -> silent.compareTo(STILL_ASKS) > 0);
    return leastSilent.isPresent()
        ? Checkup.warn(
            name,
            "last seen %d s ago: stopped, cut off, or busy with all it can take"
                .formatted(leastSilent.get().toSeconds()),
            "look whether %s still works, and at its log"
                .formatted(
                    pollers.size() == 1 ? pollers.getFirst().identity() : "any of its workers"))
        : Checkup.ok(name, pollers.size() + " took tasks in the last 5 minutes");
  }

  /** None where the engine doesn't say. */
  private static Duration silence(Poller poller, Instant now) {
    return poller.lastAccess().map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
  }
}
