package dev.assay.worker.engine;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps histories of finished workflows as files, {@code <workflow id>/<run id>.json}, in the form
 * that the engine's own tools and the SDK's replayer read. Ids are escaped as in a URL's path
 * segment. The record never depends on them.
 */
public final class HistoryKeeper {
  /**
   * The longest name that all usual file systems take is 255 bytes; the rest is for the ending and
   * the temporary name.
   */
  private static final int MAX_NAME = 230;

  /** Runs of a chain that are kept: each judged hundreds of trainings. */
  private static final int MAX_CHAIN = 10_000;

  private static final String ENDING = ".json";

  private final Path folder;

  public HistoryKeeper(Path folder) {
    this.folder = folder;
  }

  /**
   * Fetches and writes the history of a run and of those that continue it; one that is there
   * already is replaced at once, never half.
   *
   * @return in the order of the chain, at most {@value #MAX_CHAIN}
   * @throws EngineException if the engine doesn't know a run, or a file can't be written
   */
  public List<KeptHistory> keep(WorkflowClient client, WorkflowExecution execution) {
    List<KeptHistory> kept = new ArrayList<>();
    String runId = execution.getRunId();
    while (!runId.isEmpty() && kept.size() < MAX_CHAIN) {
      runId = keepOne(client, execution.getWorkflowId(), runId, kept);
    }
    return kept;
  }

  /** The run id of the one that continues it; empty if none does. */
  private String keepOne(
      WorkflowClient client, String workflowId, String runId, List<KeptHistory> kept) {
    Path file = file(workflowId, runId);
    try {
      WorkflowExecutionHistory history = client.fetchHistory(workflowId, runId);
      write(file, history.toJson(true));
      kept.add(new KeptHistory(workflowId, runId, file));
      return history
          .getLastEvent()
          .getWorkflowExecutionContinuedAsNewEventAttributes()
          .getNewExecutionRunId();
    } catch (IOException | RuntimeException e) {
      throw new EngineException(
          "can't keep the history of workflow %s, run %s, in %s: %s"
              .formatted(workflowId, runId, file, e.getMessage()),
          e);
    }
  }

  private void write(Path file, String json) throws IOException {
    Files.createDirectories(file.getParent());
    Path unfinished = Files.createTempFile(folder, ".", ENDING);
    try {
      Files.writeString(unfinished, json);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Path file(String workflowId, String runId) {
    return folder.resolve(escape(workflowId)).resolve(escape(runId) + ENDING);
  }

  /** The kept history of a run. */
  public Optional<KeptHistory> find(String workflowId, String runId) {
    Path file;
    try {
      file = file(workflowId, runId);
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // too long for a file's name: never kept
    }
    return Files.isRegularFile(file)
        ? Optional.of(new KeptHistory(workflowId, runId, file))
        : Optional.empty();
  }

  /** All that are kept, by workflow id, then run id. */
  public List<KeptHistory> list() {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(path -> path.getNameCount() == folder.getNameCount() + 2)
          .filter(path -> path.getFileName().toString().endsWith(ENDING))
          .map(HistoryKeeper::kept)
          .sorted(Comparator.comparing(KeptHistory::workflowId).thenComparing(KeptHistory::runId))
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new EngineException("can't list the histories in " + folder, e);
    }
  }

  /** Deletes the oldest files until at most {@code max} are left. */
  public void prune(int max) {
    List<KeptHistory> oldestFirst = new ArrayList<>(list());
    oldestFirst.sort(Comparator.comparingLong(kept -> kept.file().toFile().lastModified()));
    try {
      for (KeptHistory kept : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - max))) {
        Files.deleteIfExists(kept.file());
      }
    } catch (IOException e) {
      throw new EngineException("can't delete old histories in " + folder, e);
    }
  }

  private static KeptHistory kept(Path file) {
    String workflow = file.getName(file.getNameCount() - 2).toString();
    String run = file.getFileName().toString();
    return new KeptHistory(
        unescape(workflow), unescape(run.substring(0, run.length() - ENDING.length())), file);
  }

  private static String unescape(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return name; // somebody else's file
    }
  }

  static String escape(String id) {
    StringBuilder name = new StringBuilder(id.length());
    for (byte part : id.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (part & 0xff);
      boolean plain = isPlain(letter) || (letter == '.' && !name.isEmpty());
      name.append(
          plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", part & 0xff));
    }
    if (name.length() > MAX_NAME || name.isEmpty()) {
      throw new IllegalArgumentException(
          "an id must be 1 to %d characters long as a file name, got %d"
              .formatted(MAX_NAME, name.length()));
    }
    return name.toString();
  }

  private static boolean isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '-'
        || letter == '_';
  }
}
