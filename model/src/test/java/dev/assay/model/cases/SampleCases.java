package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.verdict.RunVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Cases in every state, and every command. */
final class SampleCases {
  static final Instant OPENED = Instant.parse("2026-01-02T12:00:00Z");
  static final Instant NOW = OPENED.plus(Duration.ofHours(1));
  static final Instant UNTIL = NOW.plus(Duration.ofDays(5));
  static final Sha256 HELD = digest("held");
  static final Sha256 OTHER = digest("other");
  static final String SET = "00000000-0000-4000-8000-000000000000";

  static final CasePolicy FREE = CasePolicy.DEFAULT;
  static final CasePolicy WITH_APPROVALS =
      new CasePolicy(
          FREE.dueFail(),
          FREE.dueIndeterminate(),
          FREE.remind(),
          Optional.of(new CasePolicy.Escalation(Duration.ofDays(2), List.of("risk"))),
          FREE.waiverMax(),
          new TreeMap<>(Map.of("risk", 2)),
          new TreeMap<>(Map.of("risk", 1)),
          true,
          List.of());

  private SampleCases() {}

  static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static CaseFold fresh() {
    return new CaseFold(
        new CaseOpened(
            "c-0123456789ab",
            "mlflow/wine/1",
            HELD,
            "policy",
            digest("policy"),
            "validate/a#1",
            RunVerdict.FAIL,
            CaseState.OPEN,
            OPENED));
  }

  /** A case in a state; what is in REVALIDATING was asked for and isn't judged. */
  static CaseFile in(CaseState state) {
    return switch (state) {
      case OPEN -> fresh().file();
      case TRIAGED -> after(new CaseEvent.Assigned(digest("who")));
      case REMEDIATING ->
          after(new CaseEvent.Remediating(new Remedy(Remedy.Kind.REIMPORT, Optional.empty())));
      case REVALIDATING -> after(asked(1));
      case RELEASED -> after(asked(1), passed(1), new CaseEvent.Released(Optional.empty()));
      case WAIVED -> after(new CaseEvent.Waived(UNTIL, Optional.empty()));
      case REJECTED -> after(new CaseEvent.Rejected(Optional.empty()));
      case EXPIRED -> after(new CaseEvent.Expired(OPENED.plus(FREE.dueFail())));
    };
  }

  /** Judged again, and it passed. */
  static CaseFile passed() {
    return after(asked(1), passed(1));
  }

  static CaseFile after(CaseEvent... events) {
    CaseFold fold = fresh();
    int number = 0;
    for (CaseEvent event : events) {
      fold.add(event, "command-" + number++, NOW);
    }
    return fold.file();
  }

  static CaseEvent.Revalidating asked(int ordinal) {
    return new CaseEvent.Revalidating(
        "validate/c-0123456789ab-%d#1".formatted(ordinal), SET, HELD, digest("policy"));
  }

  static CaseEvent.Judged passed(int ordinal) {
    return new CaseEvent.Judged(asked(ordinal).workflowId(), Optional.of(RunVerdict.PASS));
  }

  static CaseEvent.Decided decided(int ordinal, boolean approves) {
    return new CaseEvent.Decided(
        ordinal,
        approves,
        "p-1",
        "ed25519:key",
        List.of("risk"),
        digest("envelope" + ordinal),
        digest("trust"));
  }

  /** Commands of every kind, for a case. */
  static List<CaseCommand> commands(CaseFile file, CasePolicy policy) {
    List<CaseCommand> commands =
        new ArrayList<>(
            List.of(
                new CaseCommand.Assign(digest("who")),
                new CaseCommand.Comment(digest("words")),
                new CaseCommand.Remediate(
                    new Remedy(Remedy.Kind.CORRECT, Optional.of(digest("correction")))),
                new CaseCommand.Revalidate(SET, HELD, Optional.empty()),
                new CaseCommand.Revalidate(SET, OTHER, Optional.of(digest("newer"))),
                new CaseCommand.Let(new Wish.Release(Optional.of(digest("why")))),
                new CaseCommand.Let(new Wish.Waiver(UNTIL, Optional.empty())),
                new CaseCommand.Reject(Optional.empty()),
                new CaseCommand.Reopen(Optional.of(digest("why"))),
                new CaseCommand.Grant(),
                new CaseCommand.Change(OTHER, false, "validate/b#1"),
                new CaseCommand.Change(HELD, true, "validate/b#1")));
    for (boolean approves : List.of(true, false)) {
      int ordinal = file.pending().map(CaseFile.Pending::ordinal).orElse(1);
      commands.add(new CaseCommand.Decide(decided(ordinal, approves)));
    }
    String asked =
        file.unjudged().map(CaseEvent.Revalidating::workflowId).orElse("validate/none#1");
    for (Optional<RunVerdict> verdict :
        List.of(
            Optional.of(RunVerdict.PASS),
            Optional.of(RunVerdict.FAIL),
            Optional.<RunVerdict>empty())) {
      commands.add(new CaseCommand.Judge(asked, verdict));
    }
    commands.add(
        new CaseCommand.Fall(
            CaseDue.next(file, policy).orElse(new CaseDue(OPENED, CaseAction.EXPIRE, 0))));
    return commands;
  }
}
