package dev.assay.connectors.report;

import dev.assay.model.check.Guidance;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SARIF 2.1.0 (OASIS): a rule a check, a result for each that is FAIL or INDETERMINATE. Both are of
 * the kind "fail", because readers pass over the kind "open" and what can't be judged must not be
 * passed over.
 */
final class SarifWriter implements ReportWriter {
  private static final int MAX_TEXT = 1_000;
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private static final String LEAD =
      "{\"$schema\":\"%s\",\"runs\":[{\"results\":[\n".formatted(SCHEMA);

  /** No other tool's has the results first, and each on a line. */
  static final Pattern BEGINNING = Pattern.compile(Pattern.quote(LEAD));

  private final Report report;
  private final OutputStream out;
  private final SarifResults results;

  SarifWriter(Report report, OutputStream out, SarifLimits limits) {
    this.report = report;
    this.out = out;
    this.results = new SarifResults(limits);
  }

  @Override
  public void add(Subject subject) {
    for (Result result : subject.reasons()) {
      results.add(result.rule().severity(), CanonicalJson.encode(result(subject, result)));
    }
  }

  private static JsonObject result(Subject subject, Result result) {
    return JsonObject.EMPTY
        .with("level", level(result.rule().severity()))
        .with("locations", array(location(subject, result)))
        .with("message", text(message(subject, result)))
        .with(
            "partialFingerprints",
            JsonObject.EMPTY.with("assayRunAndCheck/v1", fingerprint(subject, result)))
        .with(
            "properties",
            JsonObject.EMPTY
                .with("digest", subject.digest())
                .with("limit", line(result.rule().limit()))
                .with("observed", line(result.observed()))
                .with("verdict", result.verdict().name()))
        .with("ruleId", line(result.rule().id()));
  }

  private static String message(Subject subject, Result result) {
    String lead = result.verdict() == CheckVerdict.INDETERMINATE ? "can't be judged: " : "";
    String message =
        "%s in %s: %s%s. %s"
            .formatted(
                line(subject.label()),
                line(subject.group()),
                lead,
                line(result.message()),
                result.guidance().action());
    // A link is embedded as [text](URI) also in plain text (3.11.6), and records make none.
    return message.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
  }

  /** The same as long as run and check are: messages and values may change. */
  private static String fingerprint(Subject subject, Result result) {
    String same = String.join("\0", subject.group(), subject.id(), result.rule().id());
    return Sha256.of(Harmless.line(same).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static JsonObject location(Subject subject, Result result) {
    JsonObject physical =
        JsonObject.EMPTY.with("artifactLocation", SarifUri.artifact(result.place()));
    return JsonObject.EMPTY
        .with(
            "logicalLocations",
            array(
                JsonObject.EMPTY
                    .with("fullyQualifiedName", line(subject.group() + "/" + subject.id()))
                    .with("kind", "object")
                    .with("name", line(subject.name()))))
        .with(
            "physicalLocation",
            result.place().line().isEmpty()
                ? physical
                : physical.with(
                    "region",
                    JsonObject.EMPTY.with("startLine", result.place().line().getAsInt())));
  }

  private static JsonObject rule(Rule rule) {
    Guidance fails = Guidance.of(rule.type(), CheckVerdict.FAIL);
    Guidance undecided = Guidance.of(rule.type(), CheckVerdict.INDETERMINATE);
    String help =
        "FAIL: %s %s\n\nINDETERMINATE: %s %s\n\nMore: %s"
            .formatted(
                fails.means(), fails.action(), undecided.means(), undecided.action(), rule.page());
    return JsonObject.EMPTY
        .with("defaultConfiguration", JsonObject.EMPTY.with("level", level(rule.severity())))
        .with("fullDescription", text(fails.means()))
        .with(
            "help",
            FindingPage.markdown(rule.type())
                .map(page -> text(help).with("markdown", page))
                .orElseGet(() -> text(help)))
        .with("id", line(rule.id()))
        .with("name", line(rule.type()))
        .with(
            "properties",
            JsonObject.EMPTY.with(
                "tags", array(new JsonValue.JsonString("check/" + line(rule.type())))))
        .with("shortDescription", text(line("%s: %s".formatted(rule.type(), rule.limit()))));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case BLOCK -> "error";
      case WARN -> "warning";
      case INFO -> "note";
    };
  }

  private static JsonObject text(String text) {
    return JsonObject.EMPTY.with("text", text);
  }

  private static String line(String text) {
    return Harmless.line(text, MAX_TEXT);
  }

  private static JsonArray array(JsonValue... items) {
    return new JsonArray(List.of(items));
  }

  /** Written by hand around the results, so that they need no second copy. */
  @Override
  public void finish() throws IOException {
    write(LEAD);
    Iterator<byte[]> fitting = results.fitting().iterator();
    while (fitting.hasNext()) {
      out.write(fitting.next());
      write(fitting.hasNext() ? ",\n" : "\n");
    }
    write("],\"automationDetails\":");
    out.write(CanonicalJson.encode(JsonObject.EMPTY.with("id", line(report.category()) + "/")));
    write(",\"columnKind\":\"utf16CodeUnits\",\"invocations\":");
    out.write(CanonicalJson.encode(array(invocation())));
    write(",\"properties\":");
    out.write(CanonicalJson.encode(facts()));
    write(",\"tool\":");
    out.write(CanonicalJson.encode(tool()));
    write("}],\"version\":\"2.1.0\"}\n");
  }

  private JsonObject invocation() {
    JsonObject done = JsonObject.EMPTY.with("executionSuccessful", true);
    return results.cut() == 0
        ? done
        : done.with(
            "toolExecutionNotifications",
            array(
                JsonObject.EMPTY
                    .with("level", "warning")
                    .with(
                        "message",
                        text(
                            "%s left out, the least severe: this file holds as many as GitHub takes; the JUnit report and --format jsonl have all"
                                .formatted(Count.of(results.cut(), "result is", "results are"))))));
  }

  private JsonObject facts() {
    JsonObject facts = JsonObject.EMPTY.with("name", line(report.name()));
    for (Report.Fact fact : report.facts()) {
      facts = facts.with(fact.name(), line(fact.value()));
    }
    return facts;
  }

  private JsonObject tool() {
    Stream<JsonValue> rules = report.rules().stream().map(SarifWriter::rule);
    return JsonObject.EMPTY.with(
        "driver",
        JsonObject.EMPTY
            .with("name", "Assay")
            .with("rules", new JsonArray(rules.toList()))
            .with("version", report.version()));
  }

  private void write(String json) throws IOException {
    out.write(json.getBytes(StandardCharsets.UTF_8));
  }
}
