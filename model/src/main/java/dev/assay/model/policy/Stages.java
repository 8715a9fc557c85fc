package dev.assay.model.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order in which stages can be judged. */
public final class Stages {
  private Stages() {}

  /**
   * The stages so that each stands after those it needs, otherwise as written.
   *
   * @throws IllegalArgumentException if they need each other in a circle, or a stage that isn't
   *     there; {@link PolicyReader} lets no such stages pass
   */
  public static List<Stage> inOrder(List<Stage> stages) {
    Map<String, Stage> done = new LinkedHashMap<>();
    while (done.size() < stages.size()) {
      Stage next =
          stages.stream()
              .filter(stage -> !done.containsKey(stage.id()))
              .filter(stage -> done.keySet().containsAll(stage.needs()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "no order: of %s stages only %s can be reached"
                              .formatted(stages.size(), done.keySet())));
      done.put(next.id(), next);
    }
    return List.copyOf(done.values());
  }
}
