package dev.assay.model.verdict;

import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.CanonicalWriter.Member;
import java.util.List;

/**
 * The bytes that a findings digest is taken of: the canonical JSON array (RFC 8785) of the findings
 * without their messages, each as {@code {check, limit, observed, severity, stage, verdict}}, all
 * strings.
 */
public final class FindingsForm {
  /** Most findings of one run: a policy of 1 MiB can't hold more checks. */
  public static final int MAX_FINDINGS = 50_000;

  private static final Member CHECK = Member.of("check");
  private static final Member LIMIT = Member.of("limit");
  private static final Member OBSERVED = Member.of("observed");
  private static final Member SEVERITY = Member.of("severity");
  private static final Member STAGE = Member.of("stage");
  private static final Member VERDICT = Member.of("verdict");

  private FindingsForm() {}

  /** The form of these findings. */
  public static byte[] encode(List<Finding> findings) {
    CanonicalWriter out = new CanonicalWriter(128 * findings.size() + 16).beginArray();
    for (Finding finding : findings) {
      out.beginObject();
      head(out, finding.check(), finding.limit());
      out.value(finding.observed());
      tail(out, finding.severity(), finding.stage());
      out.value(finding.verdict().name()).endObject();
    }
    return out.endArray().toByteArray();
  }

  /** Up to what was observed. */
  static void head(CanonicalWriter out, String check, String limit) {
    out.key(CHECK).value(check).key(LIMIT).value(limit).key(OBSERVED);
  }

  /** From behind what was observed up to the verdict. */
  static void tail(CanonicalWriter out, Severity severity, String stage) {
    out.key(SEVERITY).value(severity.text()).key(STAGE).value(stage).key(VERDICT);
  }
}
