package dev.assay.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A JSON Schema, draft 2020-12, that parts of runs are held against. Formats are notes, as the
 * draft has it. Nothing is loaded; patterns are RE2's; how much is evaluated is bounded, not how
 * long it takes, so that every machine gives the same answer. Immutable, safe for use by several
 * threads.
 */
public final class JsonSchema {
  /** Largest schema, in bytes of canonical JSON: 256 KiB. */
  public static final int MAX_BYTES = 256 << 10;

  /** Most evaluations: about a second. */
  static final long MAX_WORK = 20_000_000;

  /** Most errors that are told. */
  static final int MAX_TOLD = 3;

  private static final SchemaRegistry REGISTRY = registry();
  private static final Schema META = REGISTRY.getSchema(SchemaLocation.of(SchemaRules.DIALECT));

  private final JsonObject json;
  private final long cost;
  private final Schema compiled;

  private JsonSchema(JsonObject json, long cost, Schema compiled) {
    this.json = json;
    this.cost = cost;
    this.compiled = compiled;
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        builder ->
            builder
                .schemaCacheEnabled(false)
                .schemaLoader(
                    loader ->
                        loader.allow(
                            iri ->
                                iri.toString()
                                    .startsWith("https://json-schema.org/draft/2020-12/")))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .regularExpressionFactory(new LinearPatterns())
                        .formatAssertionsEnabled(false)
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ROOT)
                        .preloadSchema(true)
                        .build()));
  }

  /**
   * Compiles.
   *
   * @throws SchemaException if it isn't a schema, refers outside of itself, or is too large
   */
  public static JsonSchema compile(JsonObject json) {
    int size = CanonicalJson.encode(json).length;
    if (size > MAX_BYTES) {
      throw new SchemaException(
          List.of(), "a schema of %s bytes; at most %s are read".formatted(size, MAX_BYTES));
    }
    long cost = SchemaRules.cost(json);
    JsonNode node = RunNodes.of(json);
    List<Error> errors = sorted(META.validate(node));
    if (!errors.isEmpty()) {
      Error first = errors.getFirst();
      throw new SchemaException(
          path(first.getInstanceLocation().toString()),
          "not a JSON Schema: %s must fit %s of draft 2020-12"
              .formatted(where(first), first.getKeyword()));
    }
    return new JsonSchema(json, cost, REGISTRY.getSchema(RunNodes.withoutNames(json)));
  }

  /** What holding a value against a schema comes to. */
  public sealed interface Answer {
    /** The value fits. */
    record Fits() implements Answer {}

    /**
     * The value doesn't.
     *
     * @param errors how many
     * @param first the first of them, as {@code PLACE: KEYWORD}
     */
    record Breaks(int errors, List<String> first) implements Answer {
      public Breaks {
        first = List.copyOf(first);
      }
    }

    /**
     * It wasn't evaluated.
     *
     * @param why what was too much
     */
    record TooLarge(String why) implements Answer {}
  }

  /** Holds a part of a run against the schema. */
  public Answer evaluate(Run run, SchemaScope scope) {
    long parts = RunNodes.parts(run, scope);
    if (parts > MAX_WORK / cost) {
      return new Answer.TooLarge(
          "%s parts against a schema of %s; at most %s are compared"
              .formatted(parts, cost, MAX_WORK));
    }
    List<Error> errors = sorted(compiled.validate(RunNodes.of(run, scope)));
    return errors.isEmpty()
        ? new Answer.Fits()
        : new Answer.Breaks(
            errors.size(), errors.stream().limit(MAX_TOLD).map(JsonSchema::told).toList());
  }

  private static List<Error> sorted(List<Error> errors) {
    List<Error> sorted = new ArrayList<>(errors);
    sorted.sort(
        Comparator.comparing((Error error) -> error.getInstanceLocation().toString())
            .thenComparing(error -> error.getEvaluationPath().toString())
            .thenComparing(error -> String.valueOf(error.getProperty())));
    return sorted;
  }

  private static String told(Error error) {
    return where(error)
        + ": "
        + error.getKeyword()
        + (error.getProperty() == null ? "" : " " + error.getProperty());
  }

  private static String where(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return pointer.isEmpty() ? "the whole" : pointer;
  }

  private static List<String> path(String pointer) {
    return pointer.isEmpty()
        ? List.of()
        : Arrays.stream(pointer.substring(1).split("/", -1))
            .map(key -> key.replace("~1", "/").replace("~0", "~"))
            .toList();
  }

  /** The schema as it was written. */
  public JsonObject json() {
    return json;
  }

  /** SHA-256 of its canonical JSON. */
  public Sha256 digest() {
    return CanonicalJson.digest(json);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonSchema that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Begins with the digest. */
  @Override
  public String toString() {
    return "schema " + digest().abbreviated();
  }
}
