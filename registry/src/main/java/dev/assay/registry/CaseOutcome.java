package dev.assay.registry;

/**
 * What became of a {@link NewCase}.
 *
 * @param caseId the case it opened or joined
 * @param effect which of the two
 */
public record CaseOutcome(String caseId, Effect effect) {
  /** Whether a failure made a case of its own. */
  public enum Effect {
    OPENED,
    JOINED
  }
}
