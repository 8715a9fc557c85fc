package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is done about a run.
 *
 * @param kind which
 * @param details digest of the document that says what exactly, if there is one
 */
public record Remedy(Kind kind, Optional<Sha256> details) {
  /** The remedies there are. */
  public enum Kind {
    /** The run is read again from where it came, or from somewhere else. */
    REIMPORT,
    /** A summary is computed again from the points. */
    RECOMPUTE_SUMMARY,
    /** A metric or tag gets another value; the original stays. */
    CORRECT,
    /** A file is put back from a copy of the recorded digest. */
    RESTORE_ARTIFACT,
    /** The run takes no part in comparisons. */
    EXCLUDE;

    /** As commands and payloads write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind that is written so. */
    public static Optional<Kind> of(String text) {
      return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
  }
}
