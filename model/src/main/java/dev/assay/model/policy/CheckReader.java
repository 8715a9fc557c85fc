package dev.assay.model.policy;

import dev.assay.model.cel.ExpressionException;
import dev.assay.model.cel.RunExpression;
import dev.assay.model.document.DocumentException;
import dev.assay.model.document.DocumentNode;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Value;
import dev.assay.model.pattern.TextPattern;
import dev.assay.model.policy.Check.ArtifactCheck;
import dev.assay.model.policy.Check.CelCheck;
import dev.assay.model.policy.Check.DatasetCheck;
import dev.assay.model.policy.Check.FiniteCheck;
import dev.assay.model.policy.Check.MetricCheck;
import dev.assay.model.policy.Check.ParamCheck;
import dev.assay.model.policy.Check.RecordCheck;
import dev.assay.model.policy.Check.StatusCheck;
import dev.assay.model.policy.Check.StepsCheck;
import dev.assay.model.policy.Check.TagCheck;
import dev.assay.model.policy.Check.TrendCheck;
import dev.assay.model.run.RunStatus;
import dev.assay.model.series.Aggregate;
import dev.assay.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads one check; each type has its own keys. */
final class CheckReader {
  private static final int MAX_ITEMS = 100;

  /** Largest {@code min} of a steps check: more than any run's points. */
  private static final long MAX_STEPS = 1_000_000_000;

  private record Type(List<String> keys, Reader reader) {}

  private interface Reader {
    Check read(Fields fields, String id, Severity severity);
  }

  private static final Map<String, Type> TYPES = types();

  private CheckReader() {}

  private static Map<String, Type> types() {
    Map<String, Type> types = new LinkedHashMap<>();
    types.put("record", new Type(List.of(), (_, id, severity) -> new RecordCheck(id, severity)));
    types.put("status", new Type(List.of("in"), CheckReader::status));
    types.put("tag", new Type(List.of("key", "matches", "in"), CheckReader::tag));
    types.put(
        "param",
        new Type(List.of("key", "kind", "min", "max", "matches", "in"), CheckReader::param));
    types.put("finite", new Type(List.of("metrics"), CheckReader::finite));
    types.put(
        "metric", new Type(List.of("metric", "aggregate", "min", "max"), CheckReader::metric));
    types.put("trend", new Type(List.of("metric", "direction", "tolerance"), CheckReader::trend));
    types.put("steps", new Type(List.of("metric", "unique", "min"), CheckReader::steps));
    types.put("artifact", new Type(List.of("require", "digests"), CheckReader::artifact));
    types.put("dataset", new Type(List.of("name", "context", "digest"), CheckReader::dataset));
    types.put("json-schema", new Type(SchemaReader.KEYS, SchemaReader::read));
    types.put("baseline", new Type(ComparisonReader.BASELINE, ComparisonReader::baseline));
    types.put("drift", new Type(ComparisonReader.DRIFT, ComparisonReader::drift));
    types.put("duplicate", new Type(ComparisonReader.DUPLICATE, ComparisonReader::duplicate));
    types.put("command", new Type(ProgramReader.COMMAND, ProgramReader::command));
    types.put("sql", new Type(ProgramReader.SQL, ProgramReader::sql));
    types.put("cel", new Type(List.of("expr", "message"), CheckReader::cel));
    return types;
  }

  static Check read(Value value) {
    Type type = type(value);
    List<String> keys = new ArrayList<>(List.of("id", "type", "severity"));
    keys.addAll(type.keys());
    Fields fields = value.fields(keys);
    Severity severity =
        fields
            .optional("severity")
            .map(text -> text.choice(List.of(Severity.values()), Severity::text))
            .orElse(Severity.BLOCK);
    return type.reader().read(fields, fields.required("id").id(), severity);
  }

  /** The type decides which keys are known, so it is looked at before them. */
  private static Type type(Value value) {
    if (!(value.node() instanceof DocumentNode.ObjectNode object)) {
      throw value.error(
          "checks: found %s; write an object such as {id: readable, type: record}"
              .formatted(value.node().found()));
    }
    DocumentNode.Member type = object.members().get("type");
    if (type == null) {
      throw value.error(
          "a check's 'type' is missing; write one of " + String.join(", ", TYPES.keySet()));
    }
    return new Value("type", type.value()).choice(TYPES.entrySet(), Map.Entry::getKey).getValue();
  }

  private static Check status(Fields fields, String id, Severity severity) {
    return new StatusCheck(
        id,
        severity,
        fields
            .required("in")
            .list(1, 5, item -> item.choice(List.of(RunStatus.values()), RunStatus::name)));
  }

  private static Check tag(Fields fields, String id, Severity severity) {
    return new TagCheck(
        id, severity, fields.required("key").text(), pattern(fields), allowed(fields));
  }

  private static Check param(Fields fields, String id, Severity severity) {
    Range range = range(fields);
    ParamKind kind =
        fields
            .optional("kind")
            .map(text -> text.choice(List.of(ParamKind.values()), ParamKind::text))
            .orElse(range.bounds() ? ParamKind.NUMBER : ParamKind.STRING);
    if (range.bounds() && kind != ParamKind.NUMBER && kind != ParamKind.INTEGER) {
      throw fields.error(
          "min and max bound numbers, and kind is %s; write kind: number or integer"
              .formatted(kind.text()));
    }
    String key = fields.required("key").text();
    return new ParamCheck(id, severity, key, kind, range, pattern(fields), allowed(fields));
  }

  private static Check finite(Fields fields, String id, Severity severity) {
    return new FiniteCheck(id, severity, globs(fields.required("metrics"), Glob::ofNames));
  }

  private static Check metric(Fields fields, String id, Severity severity) {
    Range range = range(fields);
    if (!range.bounds()) {
      throw fields.error("check '%s' has no limit; write min, max or both".formatted(id));
    }
    Aggregate aggregate =
        fields
            .optional("aggregate")
            .map(text -> text.choice(List.of(Aggregate.values()), Aggregate::text))
            .orElse(Aggregate.LAST);
    return new MetricCheck(id, severity, fields.required("metric").text(), aggregate, range);
  }

  private static Check trend(Fields fields, String id, Severity severity) {
    double tolerance = fields.optional("tolerance").map(Value::number).orElse(0.0);
    if (tolerance < 0) {
      throw fields
          .required("tolerance")
          .error("tolerance is below 0; write a fraction such as 0.1");
    }
    return new TrendCheck(
        id,
        severity,
        fields.required("metric").text(),
        fields.required("direction").choice(List.of(Direction.values()), Direction::text),
        tolerance);
  }

  private static Check steps(Fields fields, String id, Severity severity) {
    boolean unique = fields.optional("unique").map(Value::bool).orElse(false);
    Optional<Long> min = fields.optional("min").map(value -> value.integer(1, MAX_STEPS));
    if (!unique && min.isEmpty()) {
      throw fields.error(
          "check '%s' demands nothing; write unique: true, min or both".formatted(id));
    }
    return new StepsCheck(
        id,
        severity,
        fields.required("metric").text(),
        unique,
        min.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  private static Check artifact(Fields fields, String id, Severity severity) {
    DigestRule digests =
        fields
            .optional("digests")
            .map(text -> text.choice(List.of(DigestRule.values()), DigestRule::text))
            .orElse(DigestRule.NONE);
    return new ArtifactCheck(
        id, severity, globs(fields.required("require"), Glob::ofPaths), digests);
  }

  private static Check dataset(Fields fields, String id, Severity severity) {
    return new DatasetCheck(
        id,
        severity,
        parse(fields.required("name"), Glob::ofNames),
        fields.optional("context").map(Value::text),
        fields.optional("digest").map(Value::bool).orElse(true));
  }

  private static Check cel(Fields fields, String id, Severity severity) {
    return new CelCheck(
        id,
        severity,
        expression(fields.required("expr")),
        fields.optional("message").map(Value::text));
  }

  /** A CEL expression that yields a truth value. */
  static RunExpression expression(Value value) {
    try {
      return RunExpression.compile(value.text());
    } catch (ExpressionException e) {
      throw value.error("%s: %s".formatted(value.key(), e.getMessage()));
    }
  }

  private static Range range(Fields fields) {
    Optional<Double> min = fields.optional("min").map(Value::number);
    Optional<Double> max = fields.optional("max").map(Value::number);
    try {
      return new Range(min, max);
    } catch (IllegalArgumentException e) {
      throw fields.required("min").error(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<TextPattern> pattern(Fields fields) {
    return fields.optional("matches").map(value -> parse(value, TextPattern::compile));
  }

  private static List<String> allowed(Fields fields) {
    return fields
        .optional("in")
        .map(value -> value.list(1, MAX_ITEMS, Value::scalar))
        .orElse(List.of());
  }

  private static List<Glob> globs(Value value, Function<String, Glob> parse) {
    return value.list(1, MAX_ITEMS, item -> parse(item, parse));
  }

  private static <T> T parse(Value value, Function<String, T> parse) {
    String text = value.text();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new DocumentException(value.place(), "%s: %s".formatted(value.key(), e.getMessage()));
    }
  }
}
