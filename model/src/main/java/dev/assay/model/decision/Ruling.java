package dev.assay.model.decision;

import dev.assay.model.trust.PublicKey;
import java.util.List;

/** Whether a decision counts. */
public sealed interface Ruling {
  /**
   * It counts.
   *
   * @param person who decided
   * @param roles those of their roles that the proposal asks for, sorted; at least one unless it
   *     asks for none
   * @param key what they signed with
   * @param approve whether they approved; else the proposal ends
   */
  record Accepted(String person, List<String> roles, PublicKey key, boolean approve)
      implements Ruling {
    public Accepted {
      roles = List.copyOf(roles);
    }
  }

  /**
   * It doesn't.
   *
   * @param refusal why
   * @param text why, and what to do, in a sentence
   */
  record Refused(Refusal refusal, String text) implements Ruling {}
}
