package dev.assay.cli.replay;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.text.Count;
import dev.assay.registry.Execution;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import dev.assay.worker.engine.HistoryKeeper;
import dev.assay.worker.engine.KeptHistory;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.replay.ReplayReport;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

  @Option(
      names = "--last",
      paramLabel = "N",
      description =
          "The N newest workflows on record, from the engine: for a CI job that tries a new build on"
              + " what was run last.")
  private int last;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (last < 0 || last > Registry.MAX_PAGE) {
      throw new UsageException("--last is 1 to %d, got %d".formatted(Registry.MAX_PAGE, last));
    }
    if ((all ? 1 : 0) + (subjects.isEmpty() ? 0 : 1) + (last > 0 ? 1 : 0) != 1) {
      throw new UsageException(
          "name histories to replay, --all for every one there is, or --last N");
    }
    Path home = session.settings().home();
    List<KeptHistory> kept = new HistoryKeeper(home.resolve("histories")).list();
    Replays replays = new Replays(last > 0 ? List.of() : kept, live(session));
    ReplayReport report;
    try (Progress progress = session.progress("replaying", "histories")) {
      report = all || last > 0 ? replays.all(progress) : replays.of(subjects, progress);
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

  /** What an engine has that outlives commands; files need none. */
  private Live live(Session session) throws Exception {
    boolean filesAlone = !subjects.isEmpty() && subjects.stream().allMatch(ReplayCommand::isFile);
    if (filesAlone
        || !session.settings().engine().choose(session.settings().home()).workersElsewhere()) {
      if (last > 0) {
        throw new UsageException(
            "--last asks an engine, and none outlives commands here; use --all for kept histories");
      }
      return Live.NONE;
    }
    Stack stack = Stacks.reading(session, "replay");
    return new Live(
        new EngineHistories(stack.remoteEngine().engine()),
        subjects.isEmpty() ? onRecord(stack) : List.of());
  }

  private List<String> onRecord(Stack stack) {
    return stack
        .storage()
        .registry()
        .executions()
        .list("validate", last > 0 ? last : Registry.MAX_PAGE)
        .stream()
        .map(Execution::workflowId)
        .toList();
  }

  private static boolean isFile(String subject) {
    try {
      return Files.isRegularFile(Path.of(subject));
    } catch (InvalidPathException _) {
      return false;
    }
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
