package dev.assay.cli.quarantine;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.quarantine.Remedying.Paper;
import dev.assay.cli.quarantine.Remedying.Worked;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseState;
import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import dev.assay.worker.cases.StagedRun;
import dev.assay.workflows.cases.CaseAsk;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries a remedy out: its entry first, then what it does, then the judgement. Each step may be
 * repeated, so a command that was killed is given again.
 */
final class RemedyWork {
  private final Session session;
  private final QuarantineRemediateCommand asked;
  private final Remedying remedying;

  RemedyWork(Session session, QuarantineRemediateCommand asked, Remedying remedying) {
    this.session = session;
    this.asked = asked;
    this.remedying = remedying;
  }

  ExitCode run() throws Exception {
    return asked.dryRun() ? tryOut() : carryOut();
  }

  private ExitCode tryOut() throws Exception {
    Stack stack = Stacks.reading(session, "quarantine remediate");
    String ledger = session.settings().ledger();
    CaseRow row = CaseIdsGiven.resolve(stack.storage().registry().cases(), ledger, asked.caseId());
    HeldCase held = HeldCase.read(stack, ledger, row.id(), asked.newer(row));
    Worked worked = remedying.work(held);
    Optional<String> refusal =
        worked
            .refusal()
            .or(
                () ->
                    held.refusal(
                        new CaseCommand.Remediate(remedy(worked)), session.clock().instant()));
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    RemedyReport report = RemedyReport.of(held, remedying.kind(), true, worked);
    return judges() ? report.with(held.judge(worked.after())).show(session) : report.show(session);
  }

  /** A run that is only excluded isn't judged. */
  private boolean judges() {
    return remedying.kind() != Remedy.Kind.EXCLUDE;
  }

  private ExitCode refused(String text) {
    session.output().failure(ExitCode.NO, text);
    return ExitCode.NO;
  }

  private ExitCode carryOut() throws Exception {
    CaseWork work = judges() ? asked.open(session) : asked.reach(session);
    String ledger = session.settings().ledger();
    boolean waited = begunBefore(work) && work.awaitJudgement();
    HeldCase held = HeldCase.read(work.stack(), ledger, work.row().id(), asked.newer(work.row()));
    Worked worked = remedying.work(held);
    if (waited && (!worked.recorded() || held.latestRemedy().equals(Optional.of(remedy(worked))))) {
      return judged(held, worked);
    }
    if (worked.recorded() && !record(work, held, worked)) {
      return ExitCode.NO;
    }
    Worked done = remedying.carryOut(held, worked);
    return judges()
        ? judge(work, held, done)
        : RemedyReport.of(held, remedying.kind(), false, done).show(session);
  }

  /** Whether a remedy of this kind is the latest, and its judgement may be under way. */
  private boolean begunBefore(CaseWork work) {
    return HeldCase.latestRemedy(
            ShownCase.history(work.stack().storage(), ledger(), work.row().id()))
        .filter(latest -> latest.kind() == remedying.kind())
        .isPresent();
  }

  private Remedy remedy(Worked worked) {
    return new Remedy(remedying.kind(), worked.document().map(Paper::digest));
  }

  private String ledger() {
    return session.settings().ledger();
  }

  /** Puts the remedy on record, unless it is what the record says is being done. */
  private boolean record(CaseWork work, HeldCase held, Worked worked) throws Exception {
    Remedy remedy = remedy(worked);
    if (held.file().state() == CaseState.REMEDIATING
        && held.latestRemedy().equals(Optional.of(remedy))) {
      return true;
    }
    Registry registry = work.stack().storage().registry();
    worked
        .document()
        .ifPresent(
            paper -> {
              paper.text().ifPresent(registry.privateTexts()::save);
              registry.documents().save(paper.kind(), paper.bytes());
            });
    return work.done(
        CaseAction.REMEDIATE,
        CaseAsk.remedy(remedy.kind().text(), remedy.details().map(Sha256::hex)));
  }

  private ExitCode judge(CaseWork work, HeldCase held, Worked done) throws Exception {
    Registry registry = work.stack().storage().registry();
    Run run = done.after().run();
    UUID set = StagedRun.stage(registry, run, done.after().artifactsNow());
    Optional<Sha256> policy = asked.saveNewer(work);
    if (!work.done(
        CaseAction.REVALIDATE,
        CaseAsk.revalidation(
            set.toString(), RunCodec.encode(run).digest().hex(), policy.map(Sha256::hex)))) {
      return ExitCode.NO;
    }
    return judged(held, done);
  }

  private ExitCode judged(HeldCase held, Worked done) {
    ShownCase now = ShownCase.read(held.stack().storage(), held.ledger(), held.id());
    RunVerdict verdict =
        now.file().revalidation().flatMap(last -> last.verdict()).orElse(RunVerdict.INDETERMINATE);
    return RemedyReport.of(held, remedying.kind(), false, done)
        .with(verdict, now.findings())
        .show(session);
  }
}
