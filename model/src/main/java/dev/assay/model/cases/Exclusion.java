package dev.assay.model.cases;

import java.util.List;

/**
 * Whether a case keeps its run out of comparisons: from the remedy {@code exclude} on, until
 * another remedy is recorded, or the case is opened again, or the run is released. A judgement, a
 * waiver, a rejection or a deadline leave it as it is.
 */
public final class Exclusion {
  private Exclusion() {}

  /**
   * Whether it does after these transitions.
   *
   * @param events all of the case, in their order
   */
  public static boolean stands(List<CaseEvent> events) {
    boolean excluded = false;
    for (CaseEvent event : events) {
      if (event instanceof CaseEvent.Remediating(Remedy remedy)) {
        excluded = remedy.kind() == Remedy.Kind.EXCLUDE;
      } else if (event instanceof CaseEvent.Reopened || event instanceof CaseEvent.Released) {
        excluded = false;
      }
    }
    return excluded;
  }
}
