package dev.assay.cli.quarantine;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.RunDiff;
import dev.assay.model.verdict.Finding;
import java.time.Instant;
import java.util.Optional;

/** A case's page for eyes. */
final class ShownCaseText {
  /** Changes that a page names. */
  private static final int CHANGES = 20;

  private final TextOutput out;
  private final Settings settings;
  private final KeyOwners names;

  ShownCaseText(TextOutput out, Settings settings, KeyOwners names) {
    this.out = out;
    this.settings = settings;
    this.names = names;
  }

  void show(ShownCase shown) {
    out.line(
        new Cell(shown.row().id(), Style.STRONG),
        Cell.of(" "),
        new Cell(
            shown.file().state().name(),
            shown.file().state().undecided() ? Style.WARN : Style.STRONG));
    head(shown);
    findings(shown);
    shown.changes().ifPresent(this::changes);
    history(shown);
    next(shown);
  }

  private void head(ShownCase shown) {
    CaseFile file = shown.file();
    Table table = Table.of("", "");
    row(table, "run", file.opened().run());
    row(table, "revision", file.runDigest().abbreviated());
    row(table, "from", shown.source());
    row(table, "policy", policy(file));
    row(
        table,
        "opened",
        "%s as %s".formatted(CaseTimes.of(file.opened().at()), file.opened().verdict()));
    shown.deadline().ifPresent(at -> row(table, "deadline", deadline(at)));
    file.waivedUntil().ifPresent(at -> row(table, "waived until", CaseTimes.of(at)));
    file.assignee()
        .ifPresent(
            who ->
                row(table, "assigned to", text(shown, Optional.of(who)).orElse("(text deleted)")));
    if (shown.excluded()) {
      row(table, "excluded", "out of comparisons");
    }
    file.pending().ifPresent(pending -> proposal(table, pending));
    file.revalidation()
        .ifPresent(
            now ->
                row(
                    table,
                    "judged again",
                    "%s: %s"
                        .formatted(
                            now.asked().workflowId(),
                            now.judged().isEmpty()
                                ? "under way"
                                : now.verdict()
                                    .map(Enum::name)
                                    .orElse("it ended without a verdict"))));
    out.table(table);
  }

  private static void proposal(Table table, CaseFile.Pending pending) {
    row(table, "proposed", ShownProposal.standing(pending));
    ShownProposal.waiverEnd(pending)
        .ifPresent(at -> row(table, "waiver would end", CaseTimes.of(at)));
    row(table, "decide before", ShownProposal.decideBefore(pending));
  }

  private static String policy(CaseFile file) {
    String opened = file.opened().policyDigest().abbreviated();
    return file.policyDigest().equals(file.opened().policyDigest())
        ? "%s (%s)".formatted(file.opened().policyName(), opened)
        : "%s (%s; last judged by a newer version, %s)"
            .formatted(file.opened().policyName(), opened, file.policyDigest().abbreviated());
  }

  private static String deadline(Instant at) {
    return at.isBefore(Instant.now()) ? CaseTimes.of(at) + ", overdue" : CaseTimes.of(at);
  }

  private void findings(ShownCase shown) {
    if (shown.findings().isEmpty()) {
      return;
    }
    out.line("");
    out.line(new Cell("found by " + shown.judgedBy(), Style.STRONG));
    for (Finding finding : shown.findings()) {
      out.line(
          new Cell(finding.verdict().name(), Style.BAD),
          Cell.of(
              "  %s/%s (%s): %s"
                  .formatted(
                      finding.stage(),
                      finding.check(),
                      finding.severity().text(),
                      finding.message())));
      out.line("  observed  %s".formatted(finding.observed()));
      out.line("  limit     %s".formatted(finding.limit()));
      out.line("  means     %s".formatted(shown.guidance(finding).means()));
      out.line("  remedy    %s".formatted(shown.guidance(finding).action()));
      out.line(
          new Cell("  more      docs/findings/%s.md".formatted(shown.type(finding)), Style.FAINT));
    }
  }

  private void changes(RunDiff diff) {
    out.line("");
    out.line(new Cell("changed since the revision before", Style.STRONG));
    diff.changes().stream().limit(CHANGES).forEach(change -> out.line(RemedyReport.line(change)));
    long more = diff.more() + Math.max(0, diff.changes().size() - CHANGES);
    if (more > 0) {
      out.line("and %d changes more; --format json has more of them".formatted(more));
    }
  }

  private void history(ShownCase shown) {
    out.line("");
    Table table = Table.of(">ENTRY", "WHEN", "WHAT", "STATE", "BY", "TEXT");
    for (StoredEntry entry : shown.history()) {
      table.row(
          Cell.of(Long.toString(entry.index())),
          Cell.of(CaseTimes.of(entry.occurred())),
          Cell.of(what(entry)),
          Cell.of(entry.outcome()),
          Cell.of(names.of(entry.actor())),
          Cell.of(text(shown, CaseCommitments.of(entry)).orElse("")));
    }
    out.table(table);
  }

  /** A decision's kind says whether it counts, not what was decided. */
  private static String what(StoredEntry entry) {
    return entry.payload().members().get("decision") instanceof JsonString(String decision)
        ? "%s: %s".formatted(entry.kind(), decision.equals("approve") ? "approved" : "declined")
        : entry.kind();
  }

  private void next(ShownCase shown) {
    out.line("");
    for (CaseAction action : shown.nextActions()) {
      command(action)
          .ifPresent(
              line ->
                  out.line(
                      Cell.of("next: "),
                      new Cell(
                          Invocation.of(line.formatted(shown.row().id()), settings),
                          Style.STRONG)));
    }
  }

  /** What is worth telling; comments and the like are always possible. */
  private static Optional<String> command(CaseAction action) {
    return switch (action) {
      case REVALIDATE -> Optional.of("quarantine remediate %s");
      case RELEASE -> Optional.of("quarantine release %s");
      case WAIVE -> Optional.of("quarantine waive %s --for P7D --reason TEXT");
      case REJECT -> Optional.of("quarantine reject %s");
      case REOPEN -> Optional.of("quarantine reopen %s");
      case APPROVE -> Optional.of("approve %s --key NAME");
      case DECLINE -> Optional.of("decline %s --key NAME");
      case ASSIGN, COMMENT, REMEDIATE -> Optional.empty();
      case JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE -> Optional.empty();
    };
  }

  private static Optional<String> text(
      ShownCase shown, Optional<dev.assay.model.digest.Sha256> commitment) {
    return commitment.flatMap(digest -> Optional.ofNullable(shown.texts().get(digest)));
  }

  private static void row(Table table, String name, String value) {
    table.row(Cell.of(name), Cell.of(value));
  }
}
