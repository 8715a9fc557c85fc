package dev.assay.model.decision;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a proposal lets a run do although it didn't pass. */
public enum DecisionAction {
  /** It counts as passed. */
  RELEASE,
  /** It is let through until a time. */
  WAIVE;

  /** As statements write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #text} gives, turned back. */
  public static Optional<DecisionAction> ofText(String text) {
    return Arrays.stream(values()).filter(action -> action.text().equals(text)).findFirst();
  }
}
