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
import dev.assay.worker.replay.ReplayReport;
import java.nio.file.Path;
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

  @Option(
      names = "--all",
      description = "Every history that this home keeps, or its engine still has.")
  private boolean all;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (all == !subjects.isEmpty()) {
      throw new UsageException("name histories to replay, or --all for every one there is");
    }
    Path home = session.settings().home();
    Replays replays = new Replays(new HistoryKeeper(home.resolve("histories")).list(), Live.NONE);
    ReplayReport report;
    try (Progress progress = session.progress("replaying", "histories")) {
      report = all ? replays.all(progress) : replays.of(subjects, progress);
    }
    if (report.histories() == 0) {
      session
          .output()
          .failure(
              ExitCode.NO_ANSWER,
              "there is no history in %s; run 'assay validate' first".formatted(home));
      return ExitCode.NO_ANSWER;
    }
    session.output().document(report.toJson(), out -> text(out, report));
    return report.failed().isEmpty() ? ExitCode.YES : ExitCode.NO;
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
