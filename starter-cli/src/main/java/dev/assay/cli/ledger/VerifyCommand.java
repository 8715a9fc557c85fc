package dev.assay.cli.ledger;

import dev.assay.activities.history.HistorySource;
import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.verify.HistoryReport;
import dev.assay.ledger.verify.HistoryVerifier;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import dev.assay.worker.histories.AvailableHistories;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.histories.KeptHistories;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay ledger verify}. */
@CommandLine.Command(
    name = "verify",
    description = {
      "Read the whole ledger back and recompute every hash: entries, chain, tree, tiles and head.",
      "The last checkpoint that this home signed, kept outside the database, must agree.",
      "",
      "Exit 0 if it is intact, 4 if it was tampered with, 3 if a part could not be read."
    },
    footer = {"", "Example:", "  assay ledger verify --histories --format json"})
final class VerifyCommand implements Command {
  @Option(
      names = "--histories",
      description = {
        "Also compare each workflow's history, as the engine or this home still has it, with the"
            + " digest on record."
      })
  private boolean histories;

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--bundle",
      paramLabel = "F.zip",
      description =
          "Check this bundle instead, which 'assay ledger bundle' made; needs no database.")
  private @Nullable Path bundle;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description =
          "The verifier key that must have signed, or a file that holds it (default: the key under"
              + " which this home has checkpoints of the ledger).")
  private @Nullable String key;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (bundle != null) {
      return BundleVerdict.show(session, bundle, key);
    }
    Stack stack = Stacks.reading(session, "ledger verify");
    Storage storage = stack.storage();
    String ledger = session.settings().ledger();
    List<PinnedCheckpoint> pinned = storage.pinnedCheckpoint(ledger).stream().toList();
    long size = size(storage, ledger);
    VerifyReport report;
    try (Progress progress = session.progress("verifying", "entries")) {
      progress.total(size);
      report =
          LedgerVerifier.verify(
              storage.dataSource(),
              VerifyRequest.of(ledger).withPinned(pinned).withProgress(progress::done));
    }
    storage.lostCheckpoint(ledger).ifPresent(session.output()::hint);
    Optional<HistoryReport> compared =
        histories ? Optional.of(compare(stack, live(stack), report)) : Optional.empty();
    VerifyReport whole = compared.map(report::with).orElse(report);
    session
        .output()
        .document(
            VerifyJson.of(whole, pinned, compared), out -> text(out, whole, pinned, compared));
    return switch (whole.status()) {
      case INTACT -> ExitCode.YES;
      case TAMPERED -> ExitCode.TAMPERED;
      case INDETERMINATE -> ExitCode.NO_ANSWER;
    };
  }

  /** Those of an engine that outlives commands; others' are files of the home. */
  private static Optional<HistorySource> live(Stack stack) {
    return stack.chosen().workersElsewhere()
        ? Optional.of(new EngineHistories(stack.remoteEngine().engine()))
        : Optional.empty();
  }

  /**
   * Only where the entries that say what the histories were can be relied on.
   *
   * @param live the engine's histories, if there is an engine at hand
   */
  private static HistoryReport compare(
      Stack stack, Optional<HistorySource> live, VerifyReport report) {
    return report.status() == VerifyStatus.TAMPERED
        ? HistoryReport.NONE
        : HistoryVerifier.verify(
            stack.storage().dataSource(),
            report,
            new AvailableHistories(live, new KeptHistories(stack.histories())));
  }

  /**
   * For progress: a damaged head is the verifier's to name. A ledger that is gone although a
   * checkpoint of it was signed is no ledger that never was.
   */
  private static long size(Storage storage, String ledger) {
    try {
      return storage.reader(ledger).head().size();
    } catch (LedgerDamagedException _) {
      return 0;
    } catch (LedgerNotFoundException e) {
      storage.requireAgreement(ledger);
      throw e;
    }
  }

  private static void text(
      TextOutput out,
      VerifyReport report,
      List<PinnedCheckpoint> pinned,
      Optional<HistoryReport> histories) {
    out.line(
        Cell.of("ledger %s: ".formatted(report.ledger())),
        new Cell(
            VerifyJson.status(report),
            report.status() == VerifyStatus.INTACT ? Style.GOOD : Style.BAD));
    for (Issue issue : report.issues()) {
      out.line(
          new Cell(issue.kind().name(), Style.BAD),
          Cell.of(" %s: %s".formatted(place(issue), issue.detail())));
      out.line("  " + issue.remediation());
    }
    if (report.moreIssues()) {
      out.line("and more than these %d".formatted(report.issues().size()));
    }
    report.unread().forEach(range -> out.line("could not be read: " + range));
    out.line(
        "%s, root %s"
            .formatted(
                Count.of(report.size(), "entry", "entries"),
                report.root().map(Object::toString).orElse("can't be computed")));
    histories.map(VerifyCommand::line).ifPresent(out::line);
    out.line(anchor(report, pinned));
    out.line("%d entries/s".formatted(report.entriesPerSecond()));
  }

  private static String line(HistoryReport histories) {
    return "%s compared: %d differ, %d more are not available any more"
        .formatted(
            Count.of(histories.compared(), "history", "histories"),
            histories.mismatched(),
            histories.notAvailable());
  }

  private static String place(Issue issue) {
    if (issue.index() < 0) {
      return "whole ledger";
    }
    return issue.index() == issue.to()
        ? "entry %d".formatted(issue.index())
        : "entries %d to %d".formatted(issue.index(), issue.to());
  }

  /** What the answer rests on, always said. */
  private static String anchor(VerifyReport report, List<PinnedCheckpoint> pinned) {
    if (!report.anchored() && !pinned.isEmpty()) {
      return "not anchored: %s (%s)"
          .formatted(
              report.status() == VerifyStatus.TAMPERED
                  ? "the entries disagree with a checkpoint from outside the database"
                  : "a checkpoint from outside the database could not be compared",
              pinned.getFirst().source());
    }
    if (!report.anchored()) {
      return "unanchored: there is no checkpoint from outside the database; whoever can write to the database could have rewritten all of it";
    }
    Optional<String> source = pinned.stream().map(PinnedCheckpoint::source).findFirst();
    return "as far as the checkpoint of size %d (anchored by %s)"
        .formatted(report.asFarAs(), source.orElse("a pinned checkpoint"));
  }
}
