package dev.assay.model.schema;

import dev.assay.model.document.DidYouMean;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks a schema (JSON Schema, draft 2020-12) over before it is compiled: only known keywords, only
 * references within it, none that lead to themselves. What is left ends for every value, and {@link
 * #cost} bounds how soon. Used once.
 */
final class SchemaRules {
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Deepest nesting; a policy that holds the schema nests at most 32. */
  static final int MAX_DEPTH = 24;

  /** Most that {@link #cost} may be. */
  static final long MAX_COST = 100_000;

  /** Keywords whose value is a schema. */
  private static final Set<String> ONE =
      Set.of(
          "items",
          "additionalProperties",
          "contains",
          "propertyNames",
          "not",
          "if",
          "then",
          "else",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema");

  /** Keywords whose value is a list of schemas. */
  private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

  /** Keywords whose value has schemas by name. */
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "dependentSchemas");

  /** Definitions: nothing is evaluated where they stand. */
  private static final Set<String> DEFINED = Set.of("$defs", "definitions");

  private static final Set<String> PLAIN =
      Set.of(
          "type",
          "enum",
          "const",
          "multipleOf",
          "maximum",
          "exclusiveMaximum",
          "minimum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "maxProperties",
          "minProperties",
          "required",
          "dependentRequired",
          "$comment",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "format",
          "contentEncoding",
          "contentMediaType");

  private final JsonObject root;
  private final Map<String, Long> costs = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private SchemaRules(JsonObject root) {
    this.root = root;
  }

  /**
   * Most evaluations of keywords that one place of a value takes: the size of the schema with each
   * reference replaced by what it refers to.
   *
   * @throws SchemaException if it isn't a schema that is evaluated
   */
  static long cost(JsonObject root) {
    return new SchemaRules(root).top();
  }

  private long top() {
    for (String keyword : List.of("$schema", "$id")) {
      JsonValue value = root.members().get(keyword);
      if (value != null && !(value instanceof JsonString)) {
        throw new SchemaException(List.of(keyword), keyword + " is a text");
      }
    }
    if (root.members().get("$schema") instanceof JsonString(String dialect)
        && !dialect.equals(DIALECT)
        && !dialect.equals(DIALECT + "#")) {
      throw new SchemaException(
          List.of("$schema"),
          "$schema is %s; write %s, or leave it out".formatted(dialect, DIALECT));
    }
    return schema(root, List.of());
  }

  private long schema(JsonValue schema, List<String> path) {
    if (path.size() > MAX_DEPTH) {
      throw new SchemaException(
          path, "the schema is nested deeper than %s; use $defs".formatted(MAX_DEPTH));
    }
    return switch (schema) {
      case JsonBoolean _ -> 1;
      case JsonObject object -> bounded(keywords(object, path), path);
      default -> throw new SchemaException(path, "a schema is an object, true or false");
    };
  }

  private long keywords(JsonObject object, List<String> path) {
    long cost = 1;
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      String keyword = member.getKey();
      cost += keyword(keyword, member.getValue(), and(path, keyword));
    }
    return cost;
  }

  private long keyword(String keyword, JsonValue value, List<String> path) {
    if (ONE.contains(keyword)) {
      return schema(value, path);
    }
    if (LIST.contains(keyword)) {
      return list(value, path);
    }
    if (NAMED.contains(keyword)) {
      if (keyword.equals("patternProperties") && value instanceof JsonObject patterns) {
        patterns
            .members()
            .keySet()
            .forEach(pattern -> LinearPatterns.compile(pattern, and(path, pattern)));
      }
      return named(value, path);
    }
    if (DEFINED.contains(keyword)) {
      named(value, path);
      return 0;
    }
    if (keyword.equals("$ref")) {
      return reference(value, path);
    }
    boolean top = path.size() == 1 && (keyword.equals("$schema") || keyword.equals("$id"));
    if (!top && !PLAIN.contains(keyword)) {
      throw new SchemaException(path, unknown(keyword));
    }
    if (keyword.equals("pattern") && value instanceof JsonString(String pattern)) {
      return 1 + LinearPatterns.compile(pattern, path).steps() / 4;
    }
    return size(value);
  }

  private static String unknown(String keyword) {
    List<String> known = new ArrayList<>(List.of("$ref"));
    List.of(ONE, LIST, NAMED, DEFINED, PLAIN).forEach(known::addAll);
    return "'%s' is no keyword that is evaluated%s; references within the schema, as '#/$defs/name', are"
        .formatted(keyword, DidYouMean.hint(keyword, known.stream().sorted().toList()));
  }

  private long list(JsonValue value, List<String> path) {
    if (!(value instanceof JsonArray(List<JsonValue> items))) {
      throw new SchemaException(path, "a list of schemas is expected");
    }
    long cost = 0;
    for (int i = 0; i < items.size(); i++) {
      cost += schema(items.get(i), and(path, Integer.toString(i)));
    }
    return cost;
  }

  private long named(JsonValue value, List<String> path) {
    if (!(value instanceof JsonObject object)) {
      throw new SchemaException(path, "an object of schemas by name is expected");
    }
    long cost = 0;
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      // a name may be a pattern, which costs as much as it is long
      cost += schema(member.getValue(), and(path, member.getKey())) + member.getKey().length() / 4;
    }
    return cost;
  }

  private long reference(JsonValue value, List<String> path) {
    if (!(value instanceof JsonString(String reference))
        || !(reference.equals("#") || reference.startsWith("#/"))) {
      throw new SchemaException(
          path,
          "$ref: only references within the schema are followed, such as '#/$defs/name'; nothing is loaded");
    }
    if (reference.contains("%")) {
      throw new SchemaException(path, "$ref: write the name without %-escapes");
    }
    Long known = costs.get(reference);
    if (known != null) {
      return known;
    }
    if (reference.equals("#") || !open.add(reference)) {
      throw new SchemaException(
          path,
          "$ref: %s leads back to itself; a run has no parts of its own kind".formatted(reference));
    }
    List<String> target = new ArrayList<>();
    JsonValue at = root;
    for (String escaped : reference.substring(2).split("/", -1)) {
      String key = escaped.replace("~1", "/").replace("~0", "~");
      target.add(key);
      at = child(at, key, path, reference);
    }
    // depth starts anew below a reference, and the circle is what ends it
    long cost = schema(at, target);
    open.remove(reference);
    costs.put(reference, cost);
    return cost;
  }

  private static JsonValue child(JsonValue at, String key, List<String> path, String reference) {
    JsonValue child =
        switch (at) {
          case JsonObject(var members) -> members.get(key);
          case JsonArray(List<JsonValue> items)
              when key.matches("0|[1-9][0-9]{0,5}") && Integer.parseInt(key) < items.size() ->
              items.get(Integer.parseInt(key));
          default -> null;
        };
    if (child == null) {
      throw new SchemaException(path, "$ref: the schema has no %s".formatted(reference));
    }
    return child;
  }

  private static long bounded(long cost, List<String> path) {
    if (cost > MAX_COST) {
      throw new SchemaException(
          path,
          "with its references written out the schema has more than %s parts; make it simpler"
              .formatted(MAX_COST));
    }
    return cost;
  }

  /** Parts of a value that is compared: {@code enum}, {@code const}; a pattern by its length. */
  private static long size(JsonValue value) {
    return switch (value) {
      case JsonObject(var members) ->
          1 + members.values().stream().mapToLong(SchemaRules::size).sum();
      case JsonArray(List<JsonValue> items) ->
          1 + items.stream().mapToLong(SchemaRules::size).sum();
      case JsonString(String text) -> 1 + text.length() / 4;
      default -> 1;
    };
  }

  private static List<String> and(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
