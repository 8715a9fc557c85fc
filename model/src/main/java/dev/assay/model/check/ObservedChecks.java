package dev.assay.model.check;

import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Observations;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.Check.Observed;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Checks that run programs, decided from what those showed. The finding names the observation by
 * digest, so that nobody can put another in its place.
 */
final class ObservedChecks {
  /** What programs exit with when the answer is no; anything above is an error of their own. */
  private static final int NO = 1;

  private ObservedChecks() {}

  static Outcome observed(Observed check, Observations observations) {
    return observations
        .of(check.id())
        .map(ObservedChecks::outcome)
        .orElseGet(
            () ->
                Outcome.indeterminate(
                    "not observed",
                    "its program wasn't run for this run, so there is nothing to decide from"));
  }

  private static Outcome outcome(Observation observation) {
    Outcome seen =
        switch (observation.seen()) {
          case Seen.Exited exited -> exited(exited);
          case Seen.Rows(JsonObject result) -> rows(result);
          case Seen.Nothing(String why) -> Outcome.indeterminate("nothing", Texts.bounded(why));
        };
    return new Outcome(
        seen.verdict(),
        "%s, observation %s".formatted(seen.observed(), observation.digest()),
        seen.message());
  }

  private static Outcome exited(Seen.Exited exited) {
    String observed = "exit " + exited.code();
    String said = lastLine(exited);
    return switch (exited.code()) {
      case 0 -> Outcome.pass(observed, "the program exited with 0" + said);
      case NO -> Outcome.fail(observed, "the program exited with 1" + said);
      default ->
          Outcome.indeterminate(
              observed,
              "the program exited with %d, which is neither yes (0) nor no (1)%s"
                  .formatted(exited.code(), said));
    };
  }

  /** Programs say last what matters; on standard error, if they say anything there. */
  private static String lastLine(Seen.Exited exited) {
    String text = exited.stderr().isBlank() ? exited.stdout() : exited.stderr();
    List<String> lines = text.strip().lines().toList();
    return lines.isEmpty() ? "" : ": " + Texts.bounded(lines.getLast().strip());
  }

  private static Outcome rows(JsonObject result) {
    if (!(result.members().get("rows") instanceof JsonArray(List<JsonValue> rows))) {
      return Outcome.indeterminate("no rows", "the result has no rows; it is none of a query");
    }
    if (rows.isEmpty()) {
      return Outcome.pass("no row", "the query found nothing");
    }
    boolean more = new JsonBoolean(true).equals(result.members().get("more"));
    String count = Texts.count(rows.size(), "row") + (more ? " and more" : "");
    return Outcome.fail(
        count,
        "the query found %s, the first %s"
            .formatted(
                count,
                Texts.bounded(
                    new String(CanonicalJson.encode(rows.getFirst()), StandardCharsets.UTF_8))));
  }
}
