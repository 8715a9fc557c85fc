package dev.assay.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.check.Runs;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.Code;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.schema.JsonSchema.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PARAMS  | {"required":["lr"]}                                          |
          PARAMS  | {"required":["seed"]}                                        | the whole: required seed
          PARAMS  | {"properties":{"lr":{"pattern":"^[0-9.]+$"}}}                |
          PARAMS  | {"properties":{"lr":{"pattern":"^[a-z]+$"}}}                 | /lr: pattern
          PARAMS  | {"properties":{"lr":{"type":"number"}}}                      | /lr: type
          PARAMS  | {"patternProperties":{"^l":{"maxLength":3}}}                 | /lr: maxLength
          PARAMS  | {"additionalProperties":false}                               | the whole: additionalProperties lr
          PARAMS  | {"$ref":"#/$defs/a","$defs":{"a":{"minProperties":2}}}       | the whole: minProperties
          TAGS    | {"properties":{"team":{"enum":["a","b"]}}}                   |
          TAGS    | {"properties":{"team":{"const":"c"}}}                        | /team: const
          METRICS | {"properties":{"m":{"minItems":3}}}                          | /m: minItems
          METRICS | {"properties":{"m":{"items":{"properties":{"value":{"type":"integer"}}}}}} | /m/1/value: type
          METRICS | {"properties":{"bad":{"items":{"properties":{"value":{"const":"NaN"}}}}}}   |
          METRICS | {"properties":{"m":{"items":{"required":["time"]}}}}         | /m/1: required time
          RUN     | {"required":["seed","code"]}                                 | the whole: required seed
          RUN     | {"properties":{"code":{"properties":{"dirty":{"const":false}}}}} | /code/dirty: const
          RUN     | {"properties":{"started":{"format":"date-time"}}}            |
          RUN     | {"not":{"required":["source"]}}                              |
          """)
  void evaluate_partOfARun_saysWhatBreaks(SchemaScope scope, String schema, String first) {
    Answer answer = compile(schema).evaluate(run(), scope);
    if (first == null) {
      assertThat(answer).isEqualTo(new Answer.Fits());
    } else {
      assertThat(answer).isInstanceOf(Answer.Breaks.class);
      assertThat(((Answer.Breaks) answer).first().getFirst()).isEqualTo(first);
    }
  }

  @Test
  void evaluate_manyErrors_countsAllAndTellsThree() {
    RunBuilder run = Runs.empty();
    for (int i = 0; i < 500; i++) {
      run.param("p" + i, "x");
    }
    assertThat(
            compile("{\"additionalProperties\":false}").evaluate(run.build(), SchemaScope.PARAMS))
        .isInstanceOfSatisfying(
            Answer.Breaks.class,
            breaks -> {
              assertThat(breaks.errors()).isEqualTo(500);
              assertThat(breaks.first()).hasSize(3);
            });
  }

  /** Would take a backtracking matcher years. */
  @Test
  void evaluate_patternMadeToHang_ends() {
    Run run = Runs.empty().param("p", "a".repeat(100_000) + "!").build();
    assertThat(
            compile("{\"properties\":{\"p\":{\"pattern\":\"^(a+)+$\"}}}")
                .evaluate(run, SchemaScope.PARAMS))
        .isInstanceOf(Answer.Breaks.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ((((a{1000}){1000}){1000}){1000})
          (a{1000}[)]){1000}
          (a{1000}\\Q)\\E){1000}
          (a{1000}\\)){1000}
          (?:a{1,1000}[[:alpha:])]){1000,}
          (\\x{61}{1000}){100}
          """)
  void compile_repetitionsOfRepetitions_areRefused(String pattern) {
    assertThatThrownBy(() -> JsonSchema.compile(JsonObject.EMPTY.with("pattern", pattern)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("more than 10000 steps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$
          ^[0-9]{4}-[0-9]{2}-[0-9]{2}$
          ^\\p{Greek}{1,64}$
          ^{$
          """)
  void compile_usualRepetitions_areTaken(String pattern) {
    JsonSchema.compile(JsonObject.EMPTY.with("pattern", pattern));
  }

  @Test
  void evaluate_moreThanTheBound_isTooLarge() {
    RunBuilder run = Runs.empty();
    for (int step = 0; step < 100_000; step++) {
      run.metric("m").add(step, MetricSeries.NO_TIME, step);
    }
    String wide =
        "{\"additionalProperties\":{\"items\":{\"enum\":[%s]}}}"
            .formatted(
                String.join(
                    ",", java.util.stream.IntStream.range(0, 200).mapToObj(i -> "" + i).toList()));
    assertThat(compile(wide).evaluate(run.build(), SchemaScope.METRICS))
        .isInstanceOf(Answer.TooLarge.class);
    assertThat(compile("{}").evaluate(run.build(), SchemaScope.METRICS))
        .isEqualTo(new Answer.Fits());
  }

  @Test
  void evaluate_machineInAnotherLanguage_saysTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(
              compile("{\"properties\":{\"lr\":{\"maxLength\":1}}}")
                  .evaluate(run(), SchemaScope.PARAMS))
          .isEqualTo(new Answer.Breaks(1, List.of("/lr: maxLength")));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void compile_referenceThatIsUsedTwice_isNoCircle() {
    compile(
        "{\"$defs\":{\"n\":{\"type\":\"string\"}},\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\"},\"b\":{\"$ref\":\"#/$defs/n\"}}}");
  }

  @Test
  void compile_propertyCalledLikeAKeyword_isAProperty() {
    JsonSchema schema =
        compile("{\"properties\":{\"$ref\":{\"maxLength\":1}},\"const\":{\"$ref\":\"x\"}}");
    assertThat(schema.evaluate(run(), SchemaScope.PARAMS)).isInstanceOf(Answer.Breaks.class);
  }

  @Test
  void compile_moreThanTheBound_isRefused() {
    String text = "x".repeat(JsonSchema.MAX_BYTES);
    assertThatThrownBy(() -> compile("{\"title\":\"%s\"}".formatted(text)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("at most 262144");
  }

  /** Whatever the object: it is a schema, or refused with this exception, and evaluating ends. */
  @Property(tries = 2_000)
  void compile_anyObject_isASchemaOrIsRefused(@ForAll long seed) {
    JsonObject json = (JsonObject) random(new Random(seed), 0);
    try {
      assertThat(JsonSchema.compile(json).evaluate(run(), SchemaScope.RUN)).isNotNull();
    } catch (SchemaException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  private static final List<String> WORDS =
      List.of(
          "type",
          "properties",
          "items",
          "required",
          "enum",
          "const",
          "$ref",
          "$defs",
          "pattern",
          "allOf",
          "not",
          "minimum",
          "maxLength",
          "if",
          "then",
          "unevaluatedProperties",
          "metrics",
          "params",
          "contains",
          "dependentSchemas",
          "prefixItems",
          "uniqueItems",
          "multipleOf");

  private static JsonValue random(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(depth > 4 ? 4 : 7);
    return switch (depth == 0 ? 6 : kind) {
      case 0 -> new JsonValue.JsonBoolean(random.nextBoolean());
      case 1 -> new JsonValue.JsonNumber(random.nextInt(5) - 1);
      case 2 -> new JsonValue.JsonString(WORDS.get(random.nextInt(WORDS.size())));
      case 3 ->
          new JsonValue.JsonString(
              List.of("string", "object", "#/$defs/items", "#", "(", "").get(random.nextInt(6)));
      case 4 ->
          new JsonValue.JsonArray(
              random.ints(random.nextInt(3)).mapToObj(_ -> random(random, depth + 1)).toList());
      default -> {
        JsonObject object = JsonObject.EMPTY;
        for (int i = random.nextInt(4); i >= 0; i--) {
          object = object.with(WORDS.get(random.nextInt(WORDS.size())), random(random, depth + 1));
        }
        yield object;
      }
    };
  }

  private static Run run() {
    RunBuilder run =
        Runs.empty()
            .param("lr", "0.01")
            .tag("team", "a")
            .code(new Code("c1", "", Optional.of(true)));
    run.metric("m").add(0, 5, 1);
    run.metric("m").add(1, MetricSeries.NO_TIME, 0.5);
    run.metric("bad").add(0, MetricSeries.NO_TIME, Double.NaN);
    return run.build();
  }

  private static JsonSchema compile(String json) {
    return JsonSchema.compile((JsonObject) JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
  }
}
