package dev.assay.workflows.validation;

import io.temporal.common.SearchAttributeKey;

/** Search attributes of validations: a convenience of the engine's list, never relied on. */
public final class ValidationAttributes {
  /** The policy's name. */
  public static final SearchAttributeKey<String> POLICY =
      SearchAttributeKey.forKeyword("AssayPolicy");

  /** The worst verdict of a sealed validation: FAIL, INDETERMINATE, WARN or PASS. */
  public static final SearchAttributeKey<String> VERDICT =
      SearchAttributeKey.forKeyword("AssayVerdict");

  private ValidationAttributes() {}

  static String verdict(VerdictCounts counts) {
    if (counts.fail() > 0) {
      return "FAIL";
    }
    if (counts.indeterminate() > 0 || counts.pass() + counts.warn() == 0) {
      return "INDETERMINATE";
    }
    return counts.warn() > 0 ? "WARN" : "PASS";
  }
}
