package dev.assay.worker.bundle;

import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What findings decide. */
final class Verdict {
  private Verdict() {}

  /**
   * The rule of docs/formats/validation.md, "Findings digest"; written anew, not the evaluator's.
   *
   * @throws JsonException if the value is no list of findings
   */
  static String of(JsonValue findings) {
    if (!(findings instanceof JsonArray(List<JsonValue> list))) {
      throw new JsonException("findings are an array");
    }
    Set<String> seen = new TreeSet<>();
    for (JsonValue item : list) {
      StrictJson finding =
          new StrictJson(item, "check", "limit", "observed", "severity", "stage", "verdict");
      for (String name : new String[] {"check", "limit", "observed", "stage"}) {
        finding.text(name);
      }
      seen.add(finding.text("severity") + " " + finding.text("verdict"));
    }
    if (list.isEmpty()) {
      return "UNSELECTED";
    }
    if (seen.contains("block FAIL")) {
      return "FAIL";
    }
    if (seen.contains("block INDETERMINATE")) {
      return "INDETERMINATE";
    }
    return seen.contains("warn FAIL") || seen.contains("warn INDETERMINATE") ? "WARN" : "PASS";
  }
}
