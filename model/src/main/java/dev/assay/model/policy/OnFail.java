package dev.assay.model.policy;

import java.util.Locale;

/** What happens to a run that isn't shown to be good. */
public enum OnFail {
  /** The verdict is reported, and no case opened. */
  REPORT,
  /** A case is opened, and waits for people. */
  QUARANTINE,
  /** A case is opened and closed at once as REJECTED. */
  REJECT;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
