package dev.assay.model.cases;

/** Whether something may be done to a case. */
public sealed interface CaseRuling {
  /** It may: this is what happens. */
  record Allowed(CaseEvent event) implements CaseRuling {}

  /**
   * It may not.
   *
   * @param why one of a few, for programs
   * @param text for people: what was found, what to do
   */
  record Refused(Why why, String text) implements CaseRuling {}

  /** Why not. */
  enum Why {
    /** Not in this state. */
    STATE,
    /** A release needs a judgement that the run passed. */
    NOT_PASSED,
    /** A waiver that is over already, or longer than the policy allows. */
    WAIVER_TIME,
    /** Nothing is proposed, or something else. */
    NOTHING_PENDING,
    /** What is proposed now would be lost. */
    ALREADY_PENDING,
    /** Not due yet, or not any more. */
    NOT_DUE,
    /** A signed decision that doesn't count. */
    DECISION,
    /** Nothing changed. */
    NO_CHANGE,
    /** Another case of the run and policy is open. */
    OTHER_OPEN,
    /** It has almost as many transitions as a case may have. */
    FULL
  }
}
