package dev.assay.activities.cases;

import dev.assay.activities.Retryable;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.workflows.cases.CaseActivities;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseStart;
import dev.assay.workflows.cases.CaseView;
import java.util.Optional;

/** {@link CaseActivities}. */
public final class CaseActivitiesImpl implements CaseActivities {
  private final CaseServices services;

  public CaseActivitiesImpl(CaseServices services) {
    this.services = services;
  }

  @Override
  public CaseView load(CaseStart start) {
    return Retryable.unlessHopeless(
        () -> {
          CaseDesk desk = desk(start);
          return view(desk, desk.read(start.caseId()));
        });
  }

  @Override
  public CaseReply act(CaseTask task) {
    return Retryable.unlessHopeless(
        () -> {
          CaseDesk desk = desk(task.start());
          return reply(
              desk,
              switch (task.action()) {
                case APPROVE, DECLINE ->
                    desk.decide(
                        task.start().caseId(),
                        task.command(),
                        CaseCommands.envelope(task.ask()),
                        task.now());
                case REMEDIATE -> remediate(desk, task);
                default ->
                    desk.act(
                        task.start().caseId(),
                        task.command(),
                        CaseCommands.of(task.action(), task.ask()),
                        task.now());
              });
        });
  }

  /** A correction is looked at where it counts: here, whoever sent it. */
  private CaseDesk.Done remediate(CaseDesk desk, CaseTask task) {
    String caseId = task.start().caseId();
    CaseCommand.Remediate wanted = CaseCommands.remediate(task.ask());
    RecordedCase found = desk.read(caseId);
    Optional<Refused> refusal =
        found.file().commands().contains(task.command())
            ? Optional.empty()
            : new CaseCorrections(services, task.start().ledger())
                .refusal(found.file(), desk.policy(found.file()), wanted, task.now());
    return refusal.isPresent()
        ? new CaseDesk.Done(refusal, found)
        : desk.act(caseId, task.command(), wanted, task.now());
  }

  @Override
  public CaseReply fall(DueTask task) {
    return Retryable.unlessHopeless(
        () -> {
          CaseDesk desk = desk(task.start());
          CaseDue due = new CaseDue(task.due().at(), task.due().action(), task.due().number());
          return reply(
              desk,
              desk.act(
                  task.start().caseId(), due.command(), new CaseCommand.Fall(due), task.now()));
        });
  }

  private CaseDesk desk(CaseStart start) {
    return new CaseDesk(services, start.ledger());
  }

  private CaseReply reply(CaseDesk desk, CaseDesk.Done done) {
    CaseView view = view(desk, done.now());
    return done.refused()
        .map(refused -> CaseReply.refused(refused.why().name(), refused.text(), view))
        .orElseGet(() -> CaseReply.done(view));
  }

  private CaseView view(CaseDesk desk, RecordedCase found) {
    return CaseViews.of(found.file(), desk.policy(found.file()), services.registry().cases());
  }
}
