package dev.assay.model.policy;

import java.util.List;

/**
 * Checks that are decided together.
 *
 * @param id unique within the policy
 * @param needs ids of the stages that must pass for a run before this one is judged
 * @param checks at least one, in the order written
 */
public record Stage(String id, List<String> needs, List<Check> checks) {
  public Stage {
    needs = List.copyOf(needs);
    checks = List.copyOf(checks);
  }
}
