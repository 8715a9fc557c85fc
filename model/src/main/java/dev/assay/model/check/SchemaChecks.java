package dev.assay.model.check;

import dev.assay.model.policy.Check.JsonSchemaCheck;
import dev.assay.model.run.Run;
import dev.assay.model.schema.JsonSchema.Answer;
import java.util.List;

/** Checks of a record's form. */
final class SchemaChecks {
  private SchemaChecks() {}

  static Outcome schema(JsonSchemaCheck check, Run run) {
    return switch (check.schema().evaluate(run, check.of())) {
      case Answer.Fits _ -> Outcome.pass("fits", "%s fits the schema".formatted(check.of().text()));
      case Answer.Breaks(int errors, List<String> first) -> {
        String told =
            "%s: %s%s"
                .formatted(
                    Texts.count(errors, "error"),
                    String.join(", ", first),
                    errors > first.size() ? ", …" : "");
        yield Outcome.fail(
            told,
            "%s doesn't fit the schema; %s".formatted(check.of().text(), Texts.bounded(told)));
      }
      case Answer.TooLarge(String why) ->
          Outcome.indeterminate(
              "too large: " + why, "the record is too large to be held against the schema: " + why);
    };
  }
}
