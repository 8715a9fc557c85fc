package dev.assay.model.policy;

import dev.assay.model.document.DidYouMean;
import dev.assay.model.document.DocumentNode;
import dev.assay.model.document.DocumentNode.ListNode;
import dev.assay.model.document.DocumentNode.Member;
import dev.assay.model.document.DocumentNode.ObjectNode;
import dev.assay.model.document.DocumentProblem;
import dev.assay.model.document.Place;
import dev.assay.model.document.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What only the whole of a policy's stages can show: ids used twice, unknown needs, cycles. */
final class StageGraph {
  /** The stage of the finding about a failed {@code where}. */
  private static final String WHERE = "where";

  private final List<Stage> stages;
  private final List<DocumentNode> written;
  private final List<DocumentProblem> problems = new ArrayList<>();

  private StageGraph(List<Stage> stages, List<DocumentNode> written) {
    this.stages = stages;
    this.written = written;
  }

  /** Throws what is wrong; {@code written} is the list that {@code stages} were read from. */
  static void check(List<Stage> stages, Value written) {
    if (!(written.node() instanceof ListNode(_, List<DocumentNode> items))) {
      throw written.error("stages are a list");
    }
    StageGraph graph = new StageGraph(stages, items);
    graph.uniqueIds();
    graph.knownNeeds();
    if (graph.problems.isEmpty()) {
      graph.noCycle();
    }
    Value.throwIfAny(graph.problems);
  }

  private void uniqueIds() {
    Map<String, Place> stageIds = new HashMap<>();
    Map<String, Place> checkIds = new HashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      Place place = place(written.get(i), "id");
      if (stages.get(i).id().equals(WHERE)) {
        problems.add(
            new DocumentProblem(
                place, "stage id 'where' is kept for findings about 'where'; choose another"));
      }
      claim(stageIds, "stage", stages.get(i).id(), place);
      List<DocumentNode> checks = items(written.get(i), "checks");
      for (int j = 0; j < checks.size(); j++) {
        claim(checkIds, "check", stages.get(i).checks().get(j).id(), place(checks.get(j), "id"));
      }
    }
  }

  private void claim(Map<String, Place> taken, String what, String id, Place place) {
    Place first = taken.putIfAbsent(id, place);
    if (first != null) {
      problems.add(
          new DocumentProblem(
              place,
              "%s id '%s' stands on line %s already; choose another"
                  .formatted(what, id, first.line())));
    }
  }

  private void knownNeeds() {
    List<String> ids = stages.stream().map(Stage::id).toList();
    for (int i = 0; i < stages.size(); i++) {
      List<DocumentNode> needs = items(written.get(i), "needs");
      for (int j = 0; j < needs.size(); j++) {
        String need = stages.get(i).needs().get(j);
        if (!ids.contains(need)) {
          problems.add(
              new DocumentProblem(
                  needs.get(j).place(),
                  "stage '%s' needs '%s', which is no stage%s; stages are %s"
                      .formatted(
                          stages.get(i).id(),
                          need,
                          DidYouMean.hint(need, ids),
                          String.join(", ", ids))));
        }
      }
    }
  }

  private void noCycle() {
    Map<String, Stage> blocked = new LinkedHashMap<>();
    stages.forEach(stage -> blocked.put(stage.id(), stage));
    while (blocked
        .values()
        .removeIf(stage -> stage.needs().stream().noneMatch(blocked::containsKey))) {
      // Each round takes away the stages that nothing left over holds up.
    }
    if (!blocked.isEmpty()) {
      Stage first = blocked.values().iterator().next();
      problems.add(
          new DocumentProblem(
              place(written.get(stages.indexOf(first)), "needs"),
              "stages need each other in a circle: %s; remove one of these needs"
                  .formatted(String.join(" -> ", circle(first, blocked)))));
    }
  }

  /** Follows needs among stages that all have one, until a stage comes again. */
  private static List<String> circle(Stage first, Map<String, Stage> blocked) {
    List<String> path = new ArrayList<>();
    Stage stage = first;
    while (!path.contains(stage.id())) {
      path.add(stage.id());
      stage =
          stage.needs().stream()
              .flatMap(need -> Optional.ofNullable(blocked.get(need)).stream())
              .findFirst()
              .orElseThrow();
    }
    path.add(stage.id());
    return path.subList(path.indexOf(stage.id()), path.size());
  }

  private static Place place(DocumentNode node, String key) {
    return member(node, key).map(DocumentNode::place).orElse(node.place());
  }

  private static List<DocumentNode> items(DocumentNode node, String key) {
    return member(node, key).orElse(node) instanceof ListNode(_, List<DocumentNode> items)
        ? items
        : List.of();
  }

  private static Optional<DocumentNode> member(DocumentNode node, String key) {
    return node instanceof ObjectNode(_, var members)
        ? Optional.ofNullable(members.get(key)).map(Member::value)
        : Optional.empty();
  }
}
