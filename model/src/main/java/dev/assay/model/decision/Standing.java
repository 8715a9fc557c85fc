package dev.assay.model.decision;

import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.trust.Quorum;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** How a proposal stands after the decisions that counted. */
public sealed interface Standing {
  /** People enough approved. */
  record Met() implements Standing {}

  /** Somebody of a role that decides declined: the proposal has ended. */
  record Declined(String person) implements Standing {}

  /** More must approve. */
  record Waiting(SortedMap<String, Integer> missing) implements Standing {}

  /** The standing after decisions that counted, in any order; one no outweighs every yes. */
  static Standing of(Quorum quorum, Collection<Accepted> decisions) {
    Optional<Accepted> declined = decisions.stream().filter(one -> !one.approve()).findFirst();
    if (declined.isPresent()) {
      return new Declined(declined.get().person());
    }
    SortedMap<String, Integer> missing =
        quorum.missing(
            decisions.stream()
                .map(one -> new Quorum.Seated(one.person(), Set.copyOf(one.roles())))
                .toList());
    return missing.isEmpty() ? new Met() : new Waiting(missing);
  }
}
