package dev.assay.model.policy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.verdict.Severity;
import java.util.List;
import java.util.Optional;

/**
 * How a policy will judge: its stages in the order they are judged in, and what each check demands.
 *
 * @param policy the policy's name
 * @param digest the policy's digest
 * @param where which runs are judged, as CEL; all if absent
 * @param onFail what happens to runs that aren't shown to be good
 * @param stages each after those it needs
 */
public record PolicyPlan(
    String policy,
    Sha256 digest,
    Optional<String> where,
    OnFail onFail,
    List<PlannedStage> stages) {
  public PolicyPlan {
    stages = List.copyOf(stages);
  }

  /** A stage: its id, the stages it needs, its checks. */
  public record PlannedStage(String id, List<String> needs, List<PlannedCheck> checks) {
    public PlannedStage {
      needs = List.copyOf(needs);
      checks = List.copyOf(checks);
    }
  }

  /** A check: its id, type, severity, and what it demands as text. */
  public record PlannedCheck(String id, String type, Severity severity, String demands) {}

  /** The plan of {@code policy}. */
  public static PolicyPlan of(ValidationPolicy policy) {
    return new PolicyPlan(
        policy.name(),
        policy.digest(),
        policy.where().map(Object::toString),
        policy.onFail(),
        Stages.inOrder(policy.stages()).stream().map(PolicyPlan::stage).toList());
  }

  private static PlannedStage stage(Stage stage) {
    return new PlannedStage(
        stage.id(),
        stage.needs(),
        stage.checks().stream()
            .map(
                check ->
                    new PlannedCheck(check.id(), check.type(), check.severity(), check.limit()))
            .toList());
  }

  /** For machines: {@code {policy, digest, where?, onFail, stages:[{id, needs, checks}]}}. */
  public JsonObject toJson() {
    JsonObject json =
        JsonObject.EMPTY
            .with("policy", policy)
            .with("digest", digest.hex())
            .with("onFail", onFail.text())
            .with("stages", new JsonArray(stages.stream().map(PolicyPlan::json).toList()));
    return where.map(expression -> json.with("where", expression)).orElse(json);
  }

  private static JsonValue json(PlannedStage stage) {
    return JsonObject.EMPTY
        .with("id", stage.id())
        .with("needs", JsonValue.strings(stage.needs()))
        .with("checks", new JsonArray(stage.checks().stream().map(PolicyPlan::json).toList()));
  }

  private static JsonValue json(PlannedCheck check) {
    return JsonObject.EMPTY
        .with("id", check.id())
        .with("type", check.type())
        .with("severity", check.severity().text())
        .with("demands", check.demands());
  }

  /** For eyes: one line a stage, one line a check, columns aligned; each line ends in LF. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append("policy %s  %s\n".formatted(policy, digest.abbreviated()));
    where.ifPresent(
        expression -> text.append("judges runs where ").append(expression).append('\n'));
    int width =
        stages.stream()
            .flatMap(s -> s.checks().stream())
            .mapToInt(c -> c.id().length())
            .max()
            .orElse(0);
    int typeWidth =
        stages.stream()
            .flatMap(s -> s.checks().stream())
            .mapToInt(c -> c.type().length())
            .reduce(8, Math::max);
    for (int i = 0; i < stages.size(); i++) {
      PlannedStage stage = stages.get(i);
      text.append("%s. %s".formatted(i + 1, stage.id()));
      text.append(
          stage.needs().isEmpty() ? "" : "  (needs " + String.join(", ", stage.needs()) + ")");
      text.append('\n');
      for (PlannedCheck check : stage.checks()) {
        String line =
            "   %s  %s  %-5s  %s"
                .formatted(
                    check.id() + " ".repeat(width - check.id().length()),
                    check.type() + " ".repeat(typeWidth - check.type().length()),
                    check.severity().text(),
                    check.demands());
        text.append(line.stripTrailing()).append('\n');
      }
    }
    return text.append("runs that fail or can't be judged: ")
        .append(onFail.text())
        .append('\n')
        .toString();
  }

  /** For Graphviz: a node a stage, an edge from each stage to those that need it. */
  public String toDot() {
    StringBuilder dot = new StringBuilder("digraph policy {\n  rankdir=LR;\n  node [shape=box];\n");
    for (PlannedStage stage : stages) {
      StringBuilder label = new StringBuilder(stage.id());
      stage
          .checks()
          .forEach(
              check -> label.append('\n').append(check.id()).append(": ").append(check.demands()));
      dot.append("  ")
          .append(quote(stage.id()))
          .append(" [label=")
          .append(quote(label.toString()))
          .append("];\n");
    }
    for (PlannedStage stage : stages) {
      stage
          .needs()
          .forEach(
              need ->
                  dot.append("  ")
                      .append(quote(need))
                      .append(" -> ")
                      .append(quote(stage.id()))
                      .append(";\n"));
    }
    return dot.append("}\n").toString();
  }

  /** A DOT string; lines are set flush left. */
  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\l") + '"';
  }
}
