package dev.assay.registry;

import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Findings as the registry keeps them: a canonical JSON array of {check, limit, message, observed,
 * severity, stage, verdict}, all strings. Reading is strict: what {@link #encode} doesn't write is
 * refused.
 */
final class FindingsCodec {
  /** Most findings of one run: a policy of 1 MiB can't hold more checks. */
  static final int MAX_FINDINGS = 50_000;

  private static final Set<String> KEYS =
      Set.of("check", "limit", "message", "observed", "severity", "stage", "verdict");

  private FindingsCodec() {}

  static byte[] encode(List<Finding> findings) {
    CanonicalWriter out = new CanonicalWriter(192 * findings.size() + 16).beginArray();
    for (Finding finding : findings) {
      out.beginObject()
          .key("check")
          .value(finding.check())
          .key("limit")
          .value(finding.limit())
          .key("message")
          .value(finding.message())
          .key("observed")
          .value(finding.observed())
          .key("severity")
          .value(finding.severity().text())
          .key("stage")
          .value(finding.stage())
          .key("verdict")
          .value(finding.verdict().name())
          .endObject();
    }
    return out.endArray().toByteArray();
  }

  /**
   * The findings.
   *
   * @throws JsonException for anything that {@link #encode} doesn't write
   */
  static List<Finding> decode(byte[] json) {
    if (!(JsonReader.read(json) instanceof JsonArray(List<JsonValue> items))
        || items.size() > MAX_FINDINGS) {
      throw new JsonException(
          "findings are an array of at most %d objects".formatted(MAX_FINDINGS));
    }
    List<Finding> findings = items.stream().map(FindingsCodec::finding).toList();
    if (!Arrays.equals(encode(findings), json)) {
      throw new JsonException("findings are stored as canonical JSON (RFC 8785); these are not");
    }
    return findings;
  }

  private static Finding finding(JsonValue item) {
    if (!(item instanceof JsonObject(var members)) || !members.keySet().equals(KEYS)) {
      throw new JsonException("a finding is an object with exactly the keys " + KEYS);
    }
    JsonObject finding = new JsonObject(members);
    return new Finding(
        text(finding, "stage"),
        text(finding, "check"),
        constant(Severity.values(), Severity::text, text(finding, "severity")),
        constant(CheckVerdict.values(), CheckVerdict::name, text(finding, "verdict")),
        text(finding, "observed"),
        text(finding, "limit"),
        text(finding, "message"));
  }

  private static String text(JsonObject finding, String key) {
    if (finding.members().get(key) instanceof JsonString(String value)) {
      return value;
    }
    throw new JsonException("a finding's '%s' is a string".formatted(key));
  }

  private static <E> E constant(
      E[] constants, java.util.function.Function<E, String> name, String found) {
    return Arrays.stream(constants)
        .filter(constant -> name.apply(constant).equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                new JsonException(
                    "'%s' is none of %s".formatted(found, Arrays.toString(constants))));
  }
}
