package dev.assay.cli.replay;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.base.UsageException;
import dev.assay.model.text.Count;
import dev.assay.worker.engine.HistoryKeeper;
import dev.assay.worker.engine.KeptHistory;
import dev.assay.worker.replay.HistoryReplayer;
import dev.assay.worker.replay.ReplayReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay replay}. */
@CommandLine.Command(
    name = "replay",
    description = {
      "Replay recorded workflow histories against this build: each must lead to the same commands.",
      "",
      "Exit 0 if all agree, 1 if one doesn't, 3 if there is none."
    },
    footer = {"", "Example:", "  assay replay --all"})
public final class ReplayCommand implements Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID|HISTORY.json",
      description = "Workflow ids of this home, or files.")
  private List<String> subjects = List.of();

  @Option(names = "--all", description = "Every history kept in this home.")
  private boolean all;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (all == !subjects.isEmpty()) {
      throw new UsageException("name histories to replay, or --all for every kept one");
    }
    List<Path> files = files(session.settings().home());
    if (files.isEmpty()) {
      session
          .output()
          .failure(
              ExitCode.NO_ANSWER,
              "no history is kept in %s; run 'assay validate' first"
                  .formatted(session.settings().home()));
      return ExitCode.NO_ANSWER;
    }
    ReplayReport report = ReplayReport.NONE;
    try (Progress progress = session.progress("replaying", "histories")) {
      progress.total(files.size());
      for (Path file : files) {
        report = report.plus(HistoryReplayer.replay(file));
        progress.done(report.histories());
      }
    }
    ReplayReport shown = report;
    session.output().document(shown.toJson(), out -> text(out, shown));
    return shown.failed().isEmpty() ? ExitCode.YES : ExitCode.NO;
  }

  private List<Path> files(Path home) {
    List<KeptHistory> kept = new HistoryKeeper(home.resolve("histories")).list();
    if (all) {
      return kept.stream().map(KeptHistory::file).toList();
    }
    List<Path> files = new ArrayList<>();
    for (String subject : subjects) {
      List<Path> ofId =
          kept.stream()
              .filter(history -> history.workflowId().equals(subject))
              .map(KeptHistory::file)
              .toList();
      if (!ofId.isEmpty()) {
        files.addAll(ofId);
      } else if (Files.isRegularFile(Path.of(subject))) {
        files.add(Path.of(subject));
      } else {
        throw new UsageException(
            "'%s' is neither a file nor a workflow of this home; 'assay replay --all' replays all %d"
                .formatted(subject, kept.size()));
      }
    }
    return files;
  }

  private static void text(TextOutput out, ReplayReport report) {
    report
        .failed()
        .forEach(
            failure ->
                out.line(
                    new Cell("DIFFERS ", Style.BAD),
                    Cell.of(
                        "%s, event %d: %s"
                            .formatted(
                                failure.workflowId(), failure.eventId(), failure.message()))));
    out.line(
        "%s, %s: %s"
            .formatted(
                Count.of(report.histories(), "history", "histories"),
                Count.of(report.events(), "event"),
                report.failed().isEmpty()
                    ? "all replay"
                    : Count.of(report.failed().size(), "differs", "differ")));
  }
}
