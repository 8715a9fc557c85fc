package dev.assay.model.check;

import dev.assay.model.verdict.CheckVerdict;

/**
 * What one check decided, before it is put into a finding.
 *
 * @param observed deterministic text, bounded by {@link Texts#bounded}
 * @param message for people
 */
record Outcome(CheckVerdict verdict, String observed, String message) {
  static Outcome pass(String observed, String message) {
    return new Outcome(CheckVerdict.PASS, Texts.bounded(observed), message);
  }

  static Outcome fail(String observed, String message) {
    return new Outcome(CheckVerdict.FAIL, Texts.bounded(observed), message);
  }

  static Outcome indeterminate(String observed, String message) {
    return new Outcome(CheckVerdict.INDETERMINATE, Texts.bounded(observed), message);
  }
}
