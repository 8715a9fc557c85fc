package dev.assay.model.verdict;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.CanonicalWriter.Member;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import java.io.IOException;
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
    try (JsonParser parser = JsonReader.TRUSTED.createParser(form)) {
      require(parser.nextToken() == JsonToken.START_ARRAY, "not an array");
      List<Finding> findings = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        require(findings.size() < messages.size(), "more findings than messages");
        findings.add(finding(parser, messages.get(findings.size())));
      }
      require(parser.currentToken() == JsonToken.END_ARRAY, "an item is no object");
      require(parser.nextToken() == null, "something follows the array");
      require(findings.size() == messages.size(), "fewer findings than messages");
      return List.copyOf(findings);
    } catch (IOException e) {
      throw new JsonException("not the form of findings: " + e.getMessage(), e);
    }
  }

  private static Finding finding(JsonParser parser, String message) throws IOException {
    String check = text(parser, "check");
    String limit = text(parser, "limit");
    String observed = text(parser, "observed");
    Severity severity = constant(Severity.values(), Severity::text, text(parser, "severity"));
    String stage = text(parser, "stage");
    CheckVerdict verdict =
        constant(CheckVerdict.values(), CheckVerdict::name, text(parser, "verdict"));
    require(parser.nextToken() == JsonToken.END_OBJECT, "a finding has more than six members");
    return new Finding(stage, check, severity, verdict, observed, limit, message);
  }

  private static String text(JsonParser parser, String key) throws IOException {
    require(
        parser.nextToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals(key)
            && parser.nextToken() == JsonToken.VALUE_STRING,
        "a finding's next member is not the text '" + key + "'");
    return parser.getText();
  }

  private static <E> E constant(E[] constants, Function<E, String> name, String found) {
    for (E constant : constants) {
      if (name.apply(constant).equals(found)) {
        return constant;
      }
    }
    throw new JsonException("'%s' is none of %s".formatted(found, Arrays.toString(constants)));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new JsonException("not the form of findings: " + otherwise);
    }
  }
}
