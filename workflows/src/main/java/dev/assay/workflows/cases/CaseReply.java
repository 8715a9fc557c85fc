package dev.assay.workflows.cases;

import java.util.Optional;

/**
 * What came of something asked.
 *
 * @param refusal why it was not done, if it wasn't
 * @param view how the case stands
 */
public record CaseReply(Optional<Refusal> refusal, CaseView view) {
  /**
   * Why not.
   *
   * @param why one of a few words, for programs
   * @param text for people
   */
  public record Refusal(String why, String text) {}

  /** It was done. */
  public static CaseReply done(CaseView view) {
    return new CaseReply(Optional.empty(), view);
  }

  /** It wasn't. */
  public static CaseReply refused(String why, String text, CaseView view) {
    return new CaseReply(Optional.of(new Refusal(why, text)), view);
  }
}
