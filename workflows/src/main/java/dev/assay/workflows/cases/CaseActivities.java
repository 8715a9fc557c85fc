package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Reads and writes a case's entries. */
@ActivityInterface
public interface CaseActivities {
  /** How the case stands on record. */
  @ActivityMethod(name = "LoadCase")
  CaseView load(CaseStart start);

  /**
   * Does what is asked, if the case allows it, and appends it. Safe to repeat: a command that is on
   * record isn't done again.
   */
  @ActivityMethod(name = "ActOnCase")
  CaseReply act(CaseTask task);

  /** Does what is due by now. Safe to repeat. */
  @ActivityMethod(name = "CaseFellDue")
  CaseReply fall(DueTask task);

  /**
   * Something that people ask.
   *
   * @param start which case
   * @param command the Update's id
   * @param action what
   * @param ask with what
   * @param now the workflow's time
   */
  record CaseTask(CaseStart start, String command, CaseAction action, CaseAsk ask, Instant now) {}

  /**
   * Something that time brought.
   *
   * @param start which case
   * @param due what
   * @param now the workflow's time
   */
  record DueTask(CaseStart start, CaseView.Due due, Instant now) {}
}
