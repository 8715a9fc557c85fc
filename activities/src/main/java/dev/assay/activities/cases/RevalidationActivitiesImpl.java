package dev.assay.activities.cases;

import dev.assay.activities.Retryable;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseStart;
import dev.assay.workflows.cases.CaseView;
import dev.assay.workflows.cases.RevalidationActivities;
import io.temporal.activity.Activity;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@link RevalidationActivities}: the validation is its own workflow, and outlives this one. */
public final class RevalidationActivitiesImpl implements RevalidationActivities {
  private static final long LOOK_MILLIS = 200;

  /** Looks after which one that somebody ended from outside is started again: a minute. */
  private static final int START_AGAIN = 300;

  private final CaseServices services;
  private final CaseValidations validations;

  public RevalidationActivitiesImpl(CaseServices services, CaseValidations validations) {
    this.services = services;
    this.validations = validations;
  }

  @Override
  public CaseReply revalidate(CaseStart start) {
    return Retryable.unlessHopeless(() -> judgeAndRecord(start));
  }

  private CaseReply judgeAndRecord(CaseStart start) {
    CaseDesk desk = new CaseDesk(services, start.ledger());
    RecordedCase found = desk.read(start.caseId());
    Optional<CaseEvent.Revalidating> asked = found.file().unjudged();
    if (asked.isEmpty()) {
      return CaseReply.done(view(desk, found));
    }
    Optional<RunVerdict> verdict = judge(start, asked.get());
    CaseDesk.Done done =
        desk.act(
            start.caseId(),
            "judge/" + asked.get().workflowId(),
            new CaseCommand.Judge(asked.get().workflowId(), verdict),
            services.clock().instant());
    return CaseReply.done(view(desk, done.now()));
  }

  private Optional<RunVerdict> judge(CaseStart start, CaseEvent.Revalidating asked) {
    for (int look = 0; ; look++) {
      if (look % START_AGAIN == 0) {
        validations.start(start.ledger(), asked);
      }
      ExecutionState state =
          services
              .registry()
              .executions()
              .find(asked.workflowId())
              .map(Execution::state)
              .orElse(ExecutionState.ALLOCATED);
      switch (state) {
        case SEALED -> {
          return verdict(start.ledger(), asked);
        }
        case ABANDONED -> {
          return Optional.empty();
        }
        case ALLOCATED, STARTED -> {
          Activity.getExecutionContext().heartbeat(asked.workflowId());
          pause();
        }
      }
    }
  }

  /** As the ledger has it. */
  private Optional<RunVerdict> verdict(String ledger, CaseEvent.Revalidating asked) {
    LedgerReader reader = services.readers().apply(ledger);
    return reader
        .entryByKey(asked.workflowId() + "/verdict/0")
        .filter(entry -> entry.kind().equals(EntryKind.RUN_VERDICT))
        .map(StoredEntry::outcome)
        .map(RunVerdict::valueOf);
  }

  private CaseView view(CaseDesk desk, RecordedCase found) {
    return CaseViews.of(found.file(), desk.policy(found.file()), services.registry().cases());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a run is judged again", e);
    }
  }
}
