package dev.assay.model.verdict;

import dev.assay.model.json.CanonicalReader;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.CanonicalWriter.Member;
import dev.assay.model.json.JsonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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
      out.beginObject()
          .key(CHECK)
          .value(finding.check())
          .key(LIMIT)
          .value(finding.limit())
          .key(OBSERVED)
          .value(finding.observed())
          .key(SEVERITY)
          .value(finding.severity().text())
          .key(STAGE)
          .value(finding.stage())
          .key(VERDICT)
          .value(finding.verdict().name())
          .endObject();
    }
    return out.endArray().toByteArray();
  }

  /**
   * Reads the form back.
   *
   * @param form bytes whose digest the caller has checked, so that {@link #encode} wrote them: the
   *     members and their order are looked at again, the spelling of their values is not
   * @param messages one for each finding
   * @throws JsonException for anything else
   */
  public static List<Finding> decode(byte[] form, List<String> messages) {
    CanonicalReader in = new CanonicalReader(form);
    List<Finding> findings = new ArrayList<>();
    in.beginArray();
    while (in.moreItems()) {
      if (findings.size() == messages.size()) {
        throw new JsonException("more findings than messages");
      }
      findings.add(finding(in, messages.get(findings.size())));
    }
    in.end();
    if (findings.size() < messages.size()) {
      throw new JsonException("fewer findings than messages");
    }
    return List.copyOf(findings);
  }

  private static Finding finding(CanonicalReader in, String message) {
    in.beginObject();
    String check = text(in, CHECK);
    String limit = text(in, LIMIT);
    String observed = text(in, OBSERVED);
    Severity severity = constant(Severity.values(), Severity::text, text(in, SEVERITY));
    String stage = text(in, STAGE);
    CheckVerdict verdict = constant(CheckVerdict.values(), CheckVerdict::name, text(in, VERDICT));
    in.endObject();
    return new Finding(stage, check, severity, verdict, observed, limit, message);
  }

  private static String text(CanonicalReader in, Member key) {
    in.require(key);
    return in.string();
  }

  private static <E> E constant(E[] constants, Function<E, String> name, String found) {
    for (E constant : constants) {
      if (name.apply(constant).equals(found)) {
        return constant;
      }
    }
    throw new JsonException("'%s' is none of %s".formatted(found, Arrays.toString(constants)));
  }
}
