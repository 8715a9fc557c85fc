package dev.assay.model.policy;

import java.util.Locale;

/** What must be known of an artifact's content. */
public enum DigestRule {
  /** That the file is recorded. */
  NONE,
  /** That its bytes have the digest which the run itself names. */
  RECORDED,
  /** That its bytes are those of the first import. */
  PINNED;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
