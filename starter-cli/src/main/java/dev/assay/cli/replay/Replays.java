package dev.assay.cli.replay;

import dev.assay.cli.base.Progress;
import dev.assay.cli.base.UsageException;
import dev.assay.worker.engine.KeptHistory;
import dev.assay.worker.replay.HistoryReplayer;
import dev.assay.worker.replay.ReplayReport;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Replays kept histories, and those that only an engine has, run by run. */
final class Replays {
  private final List<KeptHistory> kept;
  private final Live live;
  private ReplayReport report = ReplayReport.NONE;

  Replays(List<KeptHistory> kept, Live live) {
    this.kept = kept;
    this.live = live;
  }

  /** All there are. */
  ReplayReport all(Progress progress) {
    Set<String> workflowIds = new TreeSet<>(live.workflowIds());
    kept.forEach(history -> workflowIds.add(history.workflowId()));
    progress.total(workflowIds.size());
    workflowIds.forEach(id -> runs(id, progress));
    return report;
  }

  /**
   * Those of these workflows and files.
   *
   * @throws UsageException if one is neither
   */
  ReplayReport of(List<String> subjects, Progress progress) {
    progress.total(subjects.size());
    for (String subject : subjects) {
      int before = report.histories();
      runs(subject, progress);
      if (report.histories() == before) {
        add(HistoryReplayer.replay(file(subject)), progress);
      }
    }
    return report;
  }

  private void runs(String workflowId, Progress progress) {
    List<KeptHistory> files =
        kept.stream().filter(history -> history.workflowId().equals(workflowId)).toList();
    files.forEach(history -> add(HistoryReplayer.replay(history.file()), progress));
    Set<String> done = files.stream().map(KeptHistory::runId).collect(Collectors.toSet());
    live.histories()
        .forEachRun(
            workflowId,
            run -> {
              if (!done.contains(run.runId())) {
                add(HistoryReplayer.replay(run.history()), progress);
              }
            });
  }

  private void add(ReplayReport one, Progress progress) {
    report = report.plus(one);
    progress.done(report.histories());
  }

  private Path file(String subject) {
    try {
      if (Files.isRegularFile(Path.of(subject))) {
        return Path.of(subject);
      }
    } catch (InvalidPathException _) {
      // then it is no file
    }
    throw new UsageException(
        "'%s' is neither a file nor a workflow of this home; 'assay replay --all' replays all %d"
            .formatted(subject, kept.size()));
  }
}
