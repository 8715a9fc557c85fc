package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseFold;
import dev.assay.model.cases.CaseOpened;
import dev.assay.model.cases.CaseRules;
import dev.assay.model.cases.CaseRuling;
import dev.assay.model.cases.CaseState;
import dev.assay.model.cases.Remedy;
import dev.assay.model.cases.Wish;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.verdict.RunVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Activities over a case in memory, with the real rules. It stands for the ledger: it is there when
 * a workflow is gone.
 */
final class MemoryCase implements CaseActivities, RevalidationActivities {
  static final Sha256 HELD = Sha256.of("held".getBytes(StandardCharsets.UTF_8));
  private static final String SET = "00000000-0000-4000-8000-000000000000";

  /** Days until a case expires; a reminder each day, an escalation after two. */
  static final int DAYS = 30;

  static final CasePolicy POLICY =
      new CasePolicy(
          Duration.ofDays(DAYS),
          Duration.ofDays(DAYS),
          Duration.ofDays(1),
          Optional.of(new CasePolicy.Escalation(Duration.ofHours(36), List.of("risk"))),
          Duration.ofDays(30),
          new TreeMap<>(),
          new TreeMap<>(),
          true,
          List.of());

  /** Entries in their order, by what they are. */
  final List<String> record = new ArrayList<>();

  private final CaseFold fold;

  /** How many of the next calls fail before they do anything, or after they did it. */
  private int failing;

  private int losing;

  /** What revalidations come to. */
  Optional<RunVerdict> verdict = Optional.of(RunVerdict.PASS);

  MemoryCase(Instant opened) {
    fold =
        new CaseFold(
            new CaseOpened(
                "c-0123456789ab",
                "mlflow/wine/1",
                HELD,
                "policy",
                HELD,
                "validate/a#1",
                RunVerdict.FAIL,
                CaseState.OPEN,
                opened));
  }

  synchronized void fail(int times) {
    failing = times;
  }

  synchronized void loseReplies(int times) {
    losing = times;
  }

  synchronized CaseFile file() {
    return fold.file();
  }

  @Override
  public synchronized CaseView load(CaseStart start) {
    return troubled(this::view);
  }

  @Override
  public synchronized CaseReply act(CaseTask task) {
    return troubled(() -> act(task.command(), command(task.action(), task.ask()), task.now()));
  }

  @Override
  public synchronized CaseReply fall(DueTask task) {
    CaseDue due = new CaseDue(task.due().at(), task.due().action(), task.due().number());
    return troubled(() -> act(due.command(), new CaseCommand.Fall(due), task.now()));
  }

  @Override
  public synchronized CaseReply revalidate(CaseStart start) {
    return troubled(
        () -> {
          Optional<CaseEvent.Revalidating> asked = file().unjudged();
          return asked.isEmpty()
              ? CaseReply.done(view())
              : act(
                  "judge/" + asked.get().workflowId(),
                  new CaseCommand.Judge(asked.get().workflowId(), verdict),
                  Instant.EPOCH);
        });
  }

  private <T> T troubled(Supplier<T> work) {
    if (failing > 0) {
      failing--;
      throw new IllegalStateException("the database is away");
    }
    T reply = work.get();
    if (losing > 0) {
      losing--;
      throw new IllegalStateException("the reply was lost");
    }
    return reply;
  }

  private CaseReply act(String command, CaseCommand wanted, Instant now) {
    if (!file().commands().contains(command)) {
      switch (new CaseRules(file(), POLICY, now).rule(wanted)) {
        case CaseRuling.Refused refused -> {
          return CaseReply.refused(refused.why().name(), refused.text(), view());
        }
        case CaseRuling.Allowed(CaseEvent event) -> {
          fold.add(event, command, now);
          record.add(event.getClass().getSimpleName());
        }
      }
    }
    return CaseReply.done(view());
  }

  private static CaseCommand command(CaseAction action, CaseAsk ask) {
    return switch (action) {
      case ASSIGN -> new CaseCommand.Assign(HELD);
      case COMMENT -> new CaseCommand.Comment(HELD);
      case REMEDIATE ->
          new CaseCommand.Remediate(new Remedy(Remedy.Kind.EXCLUDE, Optional.empty()));
      case REVALIDATE -> new CaseCommand.Revalidate(SET, HELD, Optional.empty());
      case RELEASE -> new CaseCommand.Let(new Wish.Release(Optional.empty()));
      case WAIVE ->
          new CaseCommand.Let(
              new Wish.Waiver(Instant.parse(ask.until().orElseThrow()), Optional.empty()));
      case REJECT -> new CaseCommand.Reject(Optional.empty());
      case REOPEN -> new CaseCommand.Reopen(Optional.empty());
      default -> throw new IllegalArgumentException("no test asks for " + action);
    };
  }

  private CaseView view() {
    CaseFile file = file();
    return new CaseView(
        file.state(),
        file.ordinal(),
        CaseDue.next(file, POLICY)
            .map(due -> new CaseView.Due(due.at(), due.action(), due.number())),
        file.unjudged().map(CaseEvent.Revalidating::workflowId),
        file.state().undecided() ? Optional.of(CaseDue.deadline(file, POLICY)) : Optional.empty(),
        new CaseView.Facts(
            file.opened().run(),
            "wine",
            "policy",
            "FAIL",
            file.opened().at(),
            List.of("numbers/loss=FAIL"),
            Optional.empty()));
  }
}
