package dev.assay.model.cases;

/** Which action an event may be the outcome of. */
final class SampleEvents {
  private SampleEvents() {}

  static boolean is(CaseEvent event, CaseAction action) {
    return switch (event) {
      case CaseEvent.Assigned _ -> action == CaseAction.ASSIGN;
      case CaseEvent.Commented _ -> action == CaseAction.COMMENT;
      case CaseEvent.Remediating _ -> action == CaseAction.REMEDIATE;
      case CaseEvent.Revalidating _ -> action == CaseAction.REVALIDATE;
      case CaseEvent.Judged _ -> false; // nobody asked for it
      case CaseEvent.Proposed _ -> action == CaseAction.WAIVE || action == CaseAction.RELEASE;
      case CaseEvent.Decided _ -> false; // nothing is pending
      case CaseEvent.Released _ -> action == CaseAction.RELEASE;
      case CaseEvent.Waived _ -> action == CaseAction.WAIVE;
      case CaseEvent.Rejected _ -> action == CaseAction.REJECT;
      case CaseEvent.Reopened _ -> action == CaseAction.REOPEN;
      case CaseEvent.Reminded _ -> action == CaseAction.REMIND;
      case CaseEvent.Escalated _ -> action == CaseAction.ESCALATE;
      case CaseEvent.Expired _ -> action == CaseAction.EXPIRE;
      case CaseEvent.WaiverEnded _ -> action == CaseAction.END_WAIVER;
      case CaseEvent.Changed _ -> action == CaseAction.CHANGE;
    };
  }
}
