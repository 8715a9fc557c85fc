package dev.assay.model.document;

import dev.assay.model.document.DocumentNode.BooleanNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.NumberNode;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentNode.TextNode;
import dev.assay.model.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A part of a document, read as the type that its kind demands. Each method throws a {@link
 * DocumentException} that names the place, what was found and what to write.
 *
 * @param key the key it stands under, for messages
 * @param node what was written
 */
public record Value(String key, DocumentNode node) {
  /** Longest text, in characters. */
  public static final int MAX_TEXT = 8192;

  private static final Duration MAX_DURATION = Duration.ofDays(3660);
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?=.)([0-9]{1,9}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}S)?)?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Where it stands. */
  public Place place() {
    return node.place();
  }

  /** An exception at this place. */
  public DocumentException error(String text) {
    return new DocumentException(place(), text);
  }

  /** A text of 1 to {@link #MAX_TEXT} characters. */
  public String text() {
    return text(MAX_TEXT);
  }

  /** A text of 1 to {@code max} characters. */
  public String text(int max) {
    if (!(node instanceof TextNode(_, String value))) {
      throw expected("a text" + (node instanceof NumberNode ? ", in quotes" : ""));
    }
    return bounded(value, max);
  }

  /** A text, number or truth value, as it was written: values that a record keeps as text. */
  public String scalar() {
    return switch (node) {
      case TextNode(_, String value) -> bounded(value, MAX_TEXT);
      case NumberNode(_, String text) -> text;
      case BooleanNode(_, boolean value) -> Boolean.toString(value);
      case ObjectNode _, ListNode _, DocumentNode.NullNode _ ->
          throw expected("a text, a number or a truth value");
    };
  }

  /** An identifier: 1 to 64 of letters, digits, {@code . _ -}, a letter or digit first. */
  public String id() {
    String text = node instanceof TextNode(_, String value) ? value : "";
    if (!ID.matcher(text).matches()) {
      throw expected("1 to 64 letters, digits, '.', '_' or '-', a letter or digit first");
    }
    return text;
  }

  /** A finite number. */
  public double number() {
    if (!(node instanceof NumberNode(_, String text))) {
      throw expected("a number, such as 0.5");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw error("%s: %s is beyond a double; write a smaller number".formatted(key, text));
    }
    return value == 0 ? 0.0 : value;
  }

  /** A whole number from {@code min} to {@code max}. */
  public long integer(long min, long max) {
    if (node instanceof NumberNode(_, String text)) {
      double value = Double.parseDouble(text);
      if (value == Math.rint(value) && value >= min && value <= max) {
        return (long) value;
      }
    }
    throw expected("a whole number from %s to %s".formatted(min, max));
  }

  /** {@code true} or {@code false}. */
  public boolean bool() {
    if (!(node instanceof BooleanNode(_, boolean value))) {
      throw expected("true or false");
    }
    return value;
  }

  /** A positive ISO-8601 duration of whole days, hours, minutes, seconds; at most ten years. */
  public Duration duration() {
    if (node instanceof TextNode(_, String text) && DURATION.matcher(text).matches()) {
      Duration value = Duration.parse(text);
      if (value.isPositive() && value.compareTo(MAX_DURATION) <= 0) {
        return value;
      }
    }
    throw expected("an ISO-8601 duration from more than zero to P3660D, such as P3D or PT10M");
  }

  /** The one of {@code choices} that is called {@code name(choice)}. */
  public <T> T choice(Collection<T> choices, Function<T, String> name) {
    String text = node instanceof TextNode(_, String value) ? value : "";
    List<String> names = choices.stream().map(name).toList();
    return choices.stream()
        .filter(choice -> name.apply(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                error(
                    "%s: found %s%s; write one of %s"
                        .formatted(
                            key,
                            node.found(),
                            DidYouMean.hint(text, names),
                            String.join(", ", names))));
  }

  /** A list of {@code min} to {@code max} items; the problems of all items are reported at once. */
  public <T> List<T> list(int min, int max, Function<Value, T> read) {
    if (!(node instanceof ListNode(_, List<DocumentNode> items))) {
      throw expected("a list");
    }
    if (items.size() < min || items.size() > max) {
      throw error("%s: found %s items; write %s to %s".formatted(key, items.size(), min, max));
    }
    List<T> result = new ArrayList<>();
    List<DocumentProblem> problems = new ArrayList<>();
    for (DocumentNode item : items) {
      collect(problems, () -> result.add(read.apply(new Value(key, item))));
    }
    throwIfAny(problems);
    return List.copyOf(result);
  }

  /** An object whose keys are identifiers of the writer's own, at most {@code max}. */
  public <T> SortedMap<String, T> map(int max, Function<Value, T> read) {
    ObjectNode object = object();
    if (object.members().size() > max) {
      throw error(
          "%s: found %s keys; write at most %s".formatted(key, object.members().size(), max));
    }
    SortedMap<String, T> result = new TreeMap<>();
    object
        .members()
        .forEach(
            (name, member) -> {
              if (!ID.matcher(name).matches()) {
                throw new DocumentException(
                    member.keyPlace(),
                    "%s: found the key '%s'; write 1 to 64 letters, digits, '.', '_' or '-'"
                        .formatted(key, name));
              }
              result.put(name, read.apply(new Value(name, member.value())));
            });
    return result;
  }

  /** An object of the keys {@code known} and no others. */
  public Fields fields(Collection<String> known) {
    return new Fields(this, object(), known);
  }

  /** As it is, for a document within the document. */
  public JsonValue json() {
    return json(node);
  }

  private JsonValue json(DocumentNode part) {
    return switch (part) {
      case ObjectNode(_, var members) -> {
        SortedMap<String, JsonValue> values = new TreeMap<>();
        members.forEach((name, member) -> values.put(name, json(member.value())));
        yield new JsonValue.JsonObject(values);
      }
      case ListNode(_, List<DocumentNode> items) ->
          new JsonValue.JsonArray(items.stream().map(this::json).toList());
      case TextNode(_, String value) -> new JsonValue.JsonString(value);
      case NumberNode _ -> new JsonValue.JsonNumber(new Value(key, part).number());
      case BooleanNode(_, boolean value) -> new JsonValue.JsonBoolean(value);
      case DocumentNode.NullNode _ -> JsonValue.JsonNull.NULL;
    };
  }

  /** The place of a part: of what follows {@code path}, keys and indexes, as far as it leads. */
  public Place placeOf(List<String> path) {
    DocumentNode at = node;
    for (String step : path) {
      Optional<DocumentNode> next = part(at, step);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at.place();
  }

  private static Optional<DocumentNode> part(DocumentNode at, String step) {
    return switch (at) {
      case ObjectNode(_, var members) ->
          Optional.ofNullable(members.get(step)).map(DocumentNode.Member::value);
      case ListNode(_, List<DocumentNode> items) ->
          step.matches("[0-9]{1,6}") && Integer.parseInt(step) < items.size()
              ? Optional.of(items.get(Integer.parseInt(step)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private ObjectNode object() {
    if (!(node instanceof ObjectNode object)) {
      throw expected("an object (key: value)");
    }
    return object;
  }

  private String bounded(String value, int max) {
    if (value.isEmpty() || value.length() > max) {
      throw error(
          "%s: found a text of %s characters; write 1 to %s".formatted(key, value.length(), max));
    }
    return value;
  }

  private DocumentException expected(String what) {
    return error("%s: found %s; write %s".formatted(key, node.found(), what));
  }

  /** Runs {@code step}; adds its problems to {@code problems} instead of throwing them. */
  public static void collect(List<DocumentProblem> problems, Runnable step) {
    try {
      step.run();
    } catch (DocumentException e) {
      problems.addAll(e.problems());
    }
  }

  /** Throws all problems in one exception, if there are any. */
  public static void throwIfAny(List<DocumentProblem> problems) {
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
  }
}
