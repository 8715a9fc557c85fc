package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.HistoryReport;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.RecomputeReport;
import dev.assay.ledger.verify.TrustedCheckpoint;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.ledger.verify.Warning;
import dev.assay.model.text.Count;
import java.util.List;
import java.util.Optional;

/** A verifier's report for people. */
final class VerifyText {
  private VerifyText() {}

  static void print(
      TextOutput out,
      VerifyReport report,
      List<PinnedCheckpoint> pinned,
      Optional<HistoryReport> histories,
      Optional<RecomputeReport> derived,
      Optional<CaseReport> cases) {
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
    report.unread().forEach(range -> out.line("could not be read: " + range.sentence()));
    out.line(
        "%s, root %s"
            .formatted(
                Count.of(report.size(), "entry", "entries"),
                report.root().map(Object::toString).orElse("can't be computed")));
    for (Warning warning : report.warnings()) {
      out.line(
          new Cell("warning " + warning.kind().name(), Style.BAD),
          Cell.of(": " + warning.detail()));
      out.line("  " + warning.remediation());
    }
    histories.map(VerifyText::line).ifPresent(out::line);
    derived.map(VerifyText::line).ifPresent(out::line);
    cases.filter(VerifyText::any).map(VerifyText::line).ifPresent(out::line);
    report.restsOn().map(VerifyText::rests).ifPresent(out::line);
    out.line(anchor(report, pinned));
    out.line("%d entries/s".formatted(report.entriesPerSecond()));
  }

  private static String rests(TrustedCheckpoint checkpoint) {
    return "verified from size %d on; before it rests on checkpoint %s"
        .formatted(checkpoint.size(), checkpoint.source());
  }

  private static String line(HistoryReport histories) {
    return "%s compared: %d differ, %d more are not available any more"
        .formatted(
            Count.of(histories.compared(), "history", "histories"),
            histories.mismatched(),
            histories.notAvailable());
  }

  private static String line(RecomputeReport derived) {
    return "%s derived again from their evidence, of %s"
        .formatted(
            Count.of(derived.runs(), "verdict", "verdicts"),
            Count.of(derived.validations(), "validation", "validations"));
  }

  private static boolean any(CaseReport cases) {
    return cases.cases() + cases.trusted() > 0;
  }

  private static String line(CaseReport cases) {
    return "%s followed: %s checked, by %s about who is trusted"
        .formatted(
            Count.of(cases.cases(), "case", "cases"),
            Count.of(cases.decisions(), "decision", "decisions"),
            Count.of(cases.trusted(), "entry", "entries"));
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
      return "unanchored: no checkpoint from outside the database was compared; whoever can write to the database could have rewritten all of it";
    }
    TrustedCheckpoint largest = report.anchors().getLast();
    return "%sas far as the checkpoint of size %d (anchored by %s)"
        .formatted(
            report.status() == VerifyStatus.INTACT ? "intact " : "",
            largest.size(),
            largest.source());
  }
}
