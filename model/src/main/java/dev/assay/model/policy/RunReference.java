package dev.assay.model.policy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import java.util.regex.Pattern;

/**
 * Which other run a check compares with, as a policy names it: by identity ({@code
 * system/experiment/run id}), by run id, or by its digest's first digits.
 *
 * @param text what was written
 */
public record RunReference(String text) {
  /** Longest reference, in characters. */
  public static final int MAX_LENGTH = 2_200;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8,64}");

  public RunReference {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a run is named by 1 to %d characters, got %d; write system/experiment/run id, a run id, or 8 or more digits of a run digest"
              .formatted(MAX_LENGTH, text.length()));
    }
    if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException(
          "a run's name has no control characters; write 8 or more digits of its digest");
    }
  }

  /** How a run fits; those that fit better hide the others. */
  public enum Fit {
    /** The reference is the run's identity. */
    IDENTITY,
    /** The reference is the run's id. */
    ID,
    /** The reference begins the revision's digest. */
    DIGEST,
    /** The reference is of another run. */
    NONE
  }

  /** How this revision fits. */
  public Fit fit(RunIdentity identity, Sha256 digest) {
    if (identity.toString().equals(text)) {
      return Fit.IDENTITY;
    }
    if (identity.runId().equals(text)) {
      return Fit.ID;
    }
    return DIGEST.matcher(text).matches() && digest.hex().startsWith(text) ? Fit.DIGEST : Fit.NONE;
  }

  /** As written. */
  @Override
  public String toString() {
    return text;
  }
}
