package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A case in Markdown, for the Web UI. Its frame is low, so what has to be decided, and by when,
 * comes first. A list of inline code wraps on a phone; a block or a table doesn't. Below 8 KiB.
 */
final class CaseDetails {
  private CaseDetails() {}

  static String of(CaseStart start, CaseView view) {
    CaseView.Facts facts = view.facts();
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add("**%s**%s\n".formatted(view.state(), time(view)));
    text.add("- held for %s".formatted(findings(facts)));
    text.add(
        "- run %s, experiment %s, %s by policy %s"
            .formatted(
                code(facts.run()),
                code(facts.experiment()),
                facts.verdict(),
                code(facts.policy())));
    text.add("- opened %s".formatted(seconds(facts.openedAt())));
    view.revalidation().ifPresent(id -> text.add("- being judged again: %s".formatted(code(id))));
    facts.proposed().ifPresent(wish -> text.add("- proposed: %s".formatted(wish)));
    text.add("\n**Next**\n");
    text.add("- `assay quarantine show %s` has what was observed".formatted(start.caseId()));
    CaseTable.possible(view.state()).stream()
        .filter(action -> facts.proposed().isPresent() || !decides(action))
        .map(CaseDetails::command)
        .flatMap(Optional::stream)
        .forEach(line -> text.add("- `%s`".formatted(line.formatted(start.caseId()))));
    // The frame hides its last line until it is scrolled: nothing that is needed may be there.
    text.add("\nWhat counts is in ledger %s.".formatted(code(start.ledger())));
    return text.toString();
  }

  /** The deadline, and what comes before it. */
  private static String time(CaseView view) {
    StringJoiner text = new StringJoiner("; ", ", ", "").setEmptyValue("");
    view.deadline().ifPresent(at -> text.add("deadline **%s**".formatted(seconds(at))));
    view.due()
        .filter(due -> due.action() != CaseAction.EXPIRE)
        .ifPresent(due -> text.add("%s %s".formatted(brought(due.action()), seconds(due.at()))));
    return text.toString();
  }

  private static String brought(CaseAction action) {
    return switch (action) {
      case REMIND -> "reminder";
      case ESCALATE -> "escalation";
      case END_WAIVER -> "the waiver ends";
      case EXPIRE -> "it expires";
      case ASSIGN, COMMENT, REMEDIATE, REVALIDATE, RELEASE, WAIVE, REJECT, REOPEN, APPROVE ->
          action.text();
      case DECLINE, JUDGE, CHANGE -> action.text();
    };
  }

  private static String findings(CaseView.Facts facts) {
    return facts.checks().stream().map(CaseDetails::code).collect(Collectors.joining(", "));
  }

  private static boolean decides(CaseAction action) {
    return action == CaseAction.APPROVE || action == CaseAction.DECLINE;
  }

  /** What people type; a remedy and a judgement as it is are one command. */
  private static Optional<String> command(CaseAction action) {
    return switch (action) {
      case ASSIGN -> Optional.of("assay quarantine assign %s --to WHO");
      case COMMENT -> Optional.of("assay quarantine comment %s TEXT");
      case REMEDIATE -> Optional.of("assay quarantine remediate %s [REMEDY --dry-run]");
      case RELEASE -> Optional.of("assay quarantine release %s");
      case WAIVE -> Optional.of("assay quarantine waive %s --for P7D --reason TEXT");
      case REJECT -> Optional.of("assay quarantine reject %s");
      case REOPEN -> Optional.of("assay quarantine reopen %s");
      case APPROVE -> Optional.of("assay approve %s --key NAME");
      case DECLINE -> Optional.of("assay decline %s --key NAME");
      case REVALIDATE, JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE -> Optional.empty();
    };
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Names come from runs: none ends its code span. */
  private static String code(String name) {
    return "`%s`".formatted(name.replace('`', '\''));
  }
}
