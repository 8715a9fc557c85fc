package dev.assay.model.cases;

import dev.assay.model.policy.CasePolicy;
import java.util.List;
import java.util.SortedMap;

/** What people may do to a case as it stands: what {@link CaseRules} wouldn't refuse anyway. */
public final class PossibleActions {
  private PossibleActions() {}

  /**
   * In the order of {@link CaseAction}.
   *
   * @param policy the one that opened the case
   */
  public static List<CaseAction> of(CaseFile file, CasePolicy policy) {
    return CaseTable.possible(file.state()).stream()
        .filter(CaseAction::byPeople)
        .filter(action -> allowed(action, file, policy))
        .toList();
  }

  private static boolean allowed(CaseAction action, CaseFile file, CasePolicy policy) {
    return switch (action) {
      case APPROVE, DECLINE -> file.pending().isPresent();
      case RELEASE -> file.passedAgain() && mayBeAsked(file, policy.releaseApprovals());
      case WAIVE -> mayBeAsked(file, policy.waiveApprovals());
      case ASSIGN, COMMENT, REMEDIATE, REVALIDATE, REOPEN -> !CaseRules.almostFull(file);
      case REJECT, JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE -> true;
    };
  }

  /** One proposal at a time; what nobody has to approve isn't one. */
  private static boolean mayBeAsked(CaseFile file, SortedMap<String, Integer> approvals) {
    return file.pending().isEmpty() || approvals.isEmpty();
  }
}
