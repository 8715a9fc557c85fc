package dev.assay.connectors.report;

import dev.assay.model.check.Guidance;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Severity;

/**
 * What a rule found on a subject.
 *
 * @param rule what was demanded
 * @param verdict whether it holds
 * @param observed what the record shows; may be empty
 * @param message for people
 * @param place where the evidence is
 */
public record Result(
    Rule rule, CheckVerdict verdict, String observed, String message, Place place) {
  /** Whether it speaks against its subject. */
  public boolean against() {
    return verdict == CheckVerdict.FAIL || verdict == CheckVerdict.INDETERMINATE;
  }

  /** Whether it decided against its subject. */
  boolean blocks() {
    return against() && rule.severity() == Severity.BLOCK;
  }

  Guidance guidance() {
    return Guidance.of(rule.type(), verdict, observed);
  }
}
