package dev.assay.cli.quarantine;

import dev.assay.activities.cases.CaseDecisions;
import dev.assay.activities.cases.CaseLedger;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.validation.Policies;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.ProgramOptions;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseFile.Revalidation;
import dev.assay.model.decision.Proposal;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseRow;
import dev.assay.worker.EngineHost;
import dev.assay.worker.Stack;
import dev.assay.worker.cases.CaseClient;
import dev.assay.worker.engine.EngineException;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseReply;
import java.util.List;
import java.util.Optional;

/** What every command that does something to a case does. */
final class CaseWork {
  private static final long LOOK_MILLIS = 200;

  private final Session session;
  private final Stack stack;
  private final CaseRow row;

  private CaseWork(Session session, Stack stack, CaseRow row) {
    this.session = session;
    this.stack = stack;
    this.row = row;
  }

  /** Opens the stack with an engine, and finds the case. */
  static CaseWork on(Session session, String command, String written) throws Exception {
    return on(session, command, written, new ProgramOptions().isolation(session.environment()));
  }

  /**
   * As {@link #on(Session, String, String)}.
   *
   * @param programs how a worker in this process isolates users' programs; empty if it runs none
   */
  static CaseWork on(Session session, String command, String written, Optional<Isolation> programs)
      throws Exception {
    Stacks.requireHome(session);
    Stack stack = Stacks.engine(session, "quarantine " + command, programs);
    String ledger = session.settings().ledger();
    stack.storage().requireAgreement(ledger);
    Checkpoints.requireSignable(session, stack);
    return new CaseWork(
        session, stack, CaseIdsGiven.resolve(stack.storage().registry().cases(), ledger, written));
  }

  Stack stack() {
    return stack;
  }

  CaseRow row() {
    return row;
  }

  /** The case, as the ledger has it. */
  CaseFile file() {
    return new CaseLedger(stack.storage().reader(session.settings().ledger()))
        .read(row.id())
        .file();
  }

  /** The policy that judged the held run. */
  ValidationPolicy judgedBy() {
    return new Policies(stack.storage().registry().documents()).policy(file().policyDigest());
  }

  /** What waits for people's decisions, if anything does. */
  Optional<Proposal> proposal() {
    ShownCase shown = ShownCase.read(stack.storage(), session.settings().ledger(), row.id());
    return decisions().proposal(shown.file(), shown.policy());
  }

  private CaseDecisions decisions() {
    return new CaseDecisions(
        EngineHost.cases(stack.home().folder(), stack.storage()), session.settings().ledger());
  }

  CaseTexts texts() {
    return new CaseTexts(stack.storage().registry().privateTexts());
  }

  /** Asks the case, signs what came of it, and shows it. */
  ExitCode ask(CaseAction action, CaseAsk ask) throws Exception {
    if (!done(action, ask)) {
      return ExitCode.NO;
    }
    CasePages.show(session, stack, row.id());
    return action == CaseAction.REVALIDATE ? judged() : ExitCode.YES;
  }

  /** Shows the case as it was judged last. */
  ExitCode showJudged() {
    CasePages.show(session, stack, row.id());
    return judged();
  }

  /** Asks the case, and signs what came of it; tells why not, if it refused. */
  boolean done(CaseAction action, CaseAsk ask) throws Exception {
    CaseReply reply =
        new CaseClient(stack.engine().engine(), session.settings().ledger())
            .ask(row.id(), action, ask);
    Checkpoints.sign(session, stack);
    if (reply.refusal().isPresent()) {
      session.output().failure(ExitCode.NO, reply.refusal().get().text());
      return false;
    }
    return true;
  }

  /**
   * Waits for the judgement that is under way, if one is: whoever asked for it may have been
   * killed.
   *
   * @return whether there was one
   * @throws EngineException if it takes longer than a judgement may
   */
  boolean awaitJudgement() throws Exception {
    if (file().unjudged().isEmpty()) {
      return false;
    }
    new CaseClient(stack.engine().engine(), session.settings().ledger()).start(List.of(row.id()));
    long giveUp = System.nanoTime() + CaseClient.JUDGING.toNanos();
    while (file().unjudged().isPresent()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new EngineException(
            "case %s is being judged for %d h: is a worker there? See 'assay doctor'"
                .formatted(row.id(), CaseClient.JUDGING.toHours()));
      }
      Thread.sleep(LOOK_MILLIS);
    }
    Checkpoints.sign(session, stack);
    return true;
  }

  private ExitCode judged() {
    return exit(
        file().revalidation().flatMap(Revalidation::verdict).orElse(RunVerdict.INDETERMINATE));
  }

  /** How a command ends that led to a verdict. */
  static ExitCode exit(RunVerdict verdict) {
    return switch (verdict) {
      case PASS, WARN -> ExitCode.YES;
      case FAIL -> ExitCode.NO;
      case INDETERMINATE, UNSELECTED -> ExitCode.NO_ANSWER;
    };
  }
}
