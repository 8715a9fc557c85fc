package dev.assay.cli.validate;

import dev.assay.connectors.mlflow.rest.RunTagger;
import dev.assay.connectors.mlflow.rest.ServerAddress;
import dev.assay.connectors.mlflow.rest.ServerRefusalException;
import dev.assay.connectors.mlflow.rest.ServerUnavailableException;
import dev.assay.parallel.OrderedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Tags runs on the servers that they were read from, and counts. For one thread. */
final class TagWriter implements AutoCloseable {
  /** Calls at once; they wait for the server more than they work. */
  private static final int WRITERS = 8;

  private final Map<ServerAddress, RunTagger> taggers = new LinkedHashMap<>();

  /** Servers that stopped answering: the other runs there needn't wait for that, too. */
  private final Set<ServerAddress> lost = ConcurrentHashMap.newKeySet();

  private long written;
  private long missing;
  private Optional<String> firstReason = Optional.empty();

  /** Takes a server's tagger, and closes it in the end. */
  void add(ServerAddress address, RunTagger tagger) {
    Optional.ofNullable(taggers.put(address, tagger)).ifPresent(RunTagger::close);
  }

  /** Sets each run's tags; what can't be set is counted. */
  void write(List<RunResult> runs, Function<RunResult, Map<String, String>> tags) {
    OrderedMap.run(
        List.copyOf(runs).iterator(),
        WRITERS,
        run -> write(run, tags.apply(run)),
        trouble -> {
          written += trouble.isEmpty() ? 1 : 0;
          missing += trouble.isPresent() ? 1 : 0;
          firstReason = firstReason.or(() -> trouble);
        });
  }

  long written() {
    return written;
  }

  long missing() {
    return missing;
  }

  /** Why the first that is missing is. */
  Optional<String> firstReason() {
    return firstReason;
  }

  /** On any thread; why it isn't done. */
  private Optional<String> write(RunResult run, Map<String, String> tags) {
    for (Map.Entry<ServerAddress, RunTagger> server : taggers.entrySet()) {
      if (server.getKey().holds(run.row().source())) {
        return write(server.getKey(), server.getValue(), run, tags);
      }
    }
    return Optional.of("run %s was read elsewhere".formatted(run.row().identity().runId()));
  }

  private Optional<String> write(
      ServerAddress address, RunTagger tagger, RunResult run, Map<String, String> tags) {
    if (lost.contains(address)) {
      return Optional.of("%s stopped answering".formatted(address));
    }
    try {
      String runId = run.row().identity().runId();
      return tagger
          .tag(runId, tags)
          .map(why -> "%s refuses tags of run %s: %s".formatted(address, runId, why));
    } catch (ServerUnavailableException | ServerRefusalException e) {
      lost.add(address);
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    taggers.values().forEach(RunTagger::close);
  }
}
