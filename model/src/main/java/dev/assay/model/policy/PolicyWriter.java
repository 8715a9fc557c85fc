package dev.assay.model.policy;

import dev.assay.model.document.Header;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.policy.Check.ArtifactCheck;
import dev.assay.model.policy.Check.BaselineCheck;
import dev.assay.model.policy.Check.CelCheck;
import dev.assay.model.policy.Check.CommandCheck;
import dev.assay.model.policy.Check.DatasetCheck;
import dev.assay.model.policy.Check.DriftCheck;
import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.policy.Check.FiniteCheck;
import dev.assay.model.policy.Check.JsonSchemaCheck;
import dev.assay.model.policy.Check.MetricCheck;
import dev.assay.model.policy.Check.ParamCheck;
import dev.assay.model.policy.Check.RecordCheck;
import dev.assay.model.policy.Check.SqlCheck;
import dev.assay.model.policy.Check.StatusCheck;
import dev.assay.model.policy.Check.StepsCheck;
import dev.assay.model.policy.Check.TagCheck;
import dev.assay.model.policy.Check.TrendCheck;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Writes a policy as the document that {@link PolicyReader} reads, defaults included. */
final class PolicyWriter {
  private PolicyWriter() {}

  static JsonObject write(ValidationPolicy policy) {
    JsonObject json =
        JsonObject.EMPTY
            .with("apiVersion", Header.API_VERSION)
            .with("kind", ValidationPolicy.KIND)
            .with("name", policy.name())
            .with("owners", JsonValue.strings(policy.owners()))
            .with(
                "stages", new JsonArray(policy.stages().stream().map(PolicyWriter::stage).toList()))
            .with("onFail", policy.onFail().text())
            .with("cases", cases(policy.cases()));
    return with(json, "where", policy.where().map(Object::toString));
  }

  private static JsonValue stage(Stage stage) {
    return JsonObject.EMPTY
        .with("id", stage.id())
        .with("needs", JsonValue.strings(stage.needs()))
        .with("checks", new JsonArray(stage.checks().stream().map(PolicyWriter::check).toList()));
  }

  private static JsonValue check(Check check) {
    JsonObject json =
        JsonObject.EMPTY
            .with("id", check.id())
            .with("type", check.type())
            .with("severity", check.severity().text());
    return switch (check) {
      case RecordCheck _ -> json;
      case StatusCheck status ->
          json.with("in", JsonValue.strings(status.allowed().stream().map(Enum::name).toList()));
      case TagCheck tag ->
          in(with(json.with("key", tag.key()), "matches", tag.pattern()), tag.allowed());
      case ParamCheck param ->
          in(
              with(
                  range(json.with("key", param.key()), param.range())
                      .with("kind", param.kind().text()),
                  "matches",
                  param.pattern()),
              param.allowed());
      case FiniteCheck finite -> json.with("metrics", globs(finite.metrics()));
      case MetricCheck metric ->
          range(json.with("metric", metric.metric()), metric.range())
              .with("aggregate", metric.aggregate().text());
      case TrendCheck trend ->
          json.with("metric", trend.metric())
              .with("direction", trend.direction().text())
              .with("tolerance", new JsonNumber(trend.tolerance()));
      case StepsCheck steps -> steps(json, steps);
      case ArtifactCheck artifact ->
          json.with("require", globs(artifact.require()))
              .with("digests", artifact.digests().text());
      case DatasetCheck dataset ->
          with(
              json.with("name", dataset.name().toString()).with("digest", dataset.digest()),
              "context",
              dataset.context());
      case CelCheck cel ->
          with(json.with("expr", cel.expression().toString()), "message", cel.message());
      case BaselineCheck baseline ->
          json.with("metric", baseline.metric())
              .with("aggregate", baseline.aggregate().text())
              .with("direction", baseline.direction().text())
              .with("margin", new JsonNumber(baseline.margin()))
              .with("relative", baseline.relative())
              .with("run", baseline.run().text());
      case DriftCheck drift -> drift(json, drift);
      case JsonSchemaCheck schema ->
          json.with("of", schema.of().text()).with("schema", schema.schema().json());
      case DuplicateCheck duplicate ->
          json.with("of", JsonValue.strings(duplicate.of().stream().map(RunPart::text).toList()));
      case CommandCheck command ->
          limits(
              with(
                  json.with("run", JsonValue.strings(command.run()))
                      .with("artifacts", globs(command.artifacts()))
                      .with("env", texts(command.environment())),
                  "script",
                  command.script()),
              command.limits());
      case SqlCheck sql ->
          limits(json.with("query", sql.query()).with("tables", texts(sql.tables())), sql.limits());
    };
  }

  private static JsonObject limits(JsonObject json, ProgramLimits limits) {
    return json.with("timeout", limits.timeout().toString()).with("memoryMiB", limits.memoryMiB());
  }

  private static JsonObject texts(SortedMap<String, String> texts) {
    JsonObject json = JsonObject.EMPTY;
    for (var text : texts.entrySet()) {
      json = json.with(text.getKey(), text.getValue());
    }
    return json;
  }

  private static JsonObject drift(JsonObject json, DriftCheck drift) {
    JsonObject written =
        json.with("metric", drift.metric())
            .with("statistic", drift.statistic().text())
            .with("max", new JsonNumber(drift.max()))
            .with("minSamples", drift.minSamples())
            .with("run", drift.run().text());
    return drift.statistic() == DriftStatistic.PSI ? written.with("bins", drift.bins()) : written;
  }

  private static JsonObject steps(JsonObject json, StepsCheck steps) {
    JsonObject written = json.with("metric", steps.metric()).with("unique", steps.unique());
    return steps.min().isPresent() ? written.with("min", steps.min().getAsLong()) : written;
  }

  private static JsonObject cases(CasePolicy cases) {
    JsonObject json =
        JsonObject.EMPTY
            .with(
                "due",
                JsonObject.EMPTY
                    .with("FAIL", cases.dueFail().toString())
                    .with("INDETERMINATE", cases.dueIndeterminate().toString()))
            .with("remind", cases.remind().toString())
            .with("waiverMax", cases.waiverMax().toString())
            .with(
                "approvals",
                JsonObject.EMPTY
                    .with("release", counts(cases.releaseApprovals()))
                    .with("waive", counts(cases.waiveApprovals())))
            .with("notAuthor", cases.notAuthor());
    JsonObject corrected =
        cases.correctionRoles().isEmpty()
            ? json // as in policies from before there was such a rule
            : json.with(
                "corrections",
                JsonObject.EMPTY.with("roles", JsonValue.strings(cases.correctionRoles())));
    return cases
        .escalate()
        .map(
            escalation ->
                corrected.with(
                    "escalate",
                    JsonObject.EMPTY
                        .with("after", escalation.after().toString())
                        .with("to", JsonValue.strings(escalation.to()))))
        .orElse(corrected);
  }

  private static JsonObject counts(SortedMap<String, Integer> counts) {
    JsonObject json = JsonObject.EMPTY;
    for (var entry : counts.entrySet()) {
      json = json.with(entry.getKey(), (long) entry.getValue());
    }
    return json;
  }

  private static JsonArray globs(List<Glob> globs) {
    return JsonValue.strings(globs.stream().map(Glob::toString).toList());
  }

  private static JsonObject in(JsonObject json, List<String> allowed) {
    return allowed.isEmpty() ? json : json.with("in", JsonValue.strings(allowed));
  }

  private static JsonObject range(JsonObject json, Range range) {
    JsonObject low = range.min().map(min -> json.with("min", new JsonNumber(min))).orElse(json);
    return range.max().map(max -> low.with("max", new JsonNumber(max))).orElse(low);
  }

  private static JsonObject with(JsonObject json, String key, Optional<?> value) {
    return value.map(present -> json.with(key, present.toString())).orElse(json);
  }
}
