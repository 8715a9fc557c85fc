package dev.assay.activities.validation;

import dev.assay.model.plan.PinnedRun;
import dev.assay.model.policy.RunReference;
import dev.assay.model.policy.RunReference.Fit;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.PlanOrder;
import dev.assay.registry.RevisionKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which run a reference means: the ledger's heads, as they will be when the set is on record. So it
 * makes no difference whether the baseline was imported before, with the runs, or in a try of this
 * plan that was cut off. Used by one thread.
 */
final class BaselineSearch {
  /** Enough to know that there are several, and to name two. */
  private static final int MAX_KEPT = 2;

  private final RunReference reference;
  private final List<RevisionKey> heads;

  /** Of the set, by how they fit. */
  private final Map<Fit, TreeSet<RevisionKey>> fitting = new EnumMap<>(Fit.class);

  /** Identities of heads that the set has a revision of. */
  private final TreeSet<RunIdentity> overtaken = new TreeSet<>();

  /**
   * @param heads those of the ledger that fit
   */
  BaselineSearch(RunReference reference, List<RevisionKey> heads) {
    this.reference = reference;
    this.heads = List.copyOf(heads);
  }

  RunReference reference() {
    return reference;
  }

  /** A member of the set. */
  void add(RevisionKey member) {
    if (heads.stream().anyMatch(head -> head.identity().equals(member.identity()))) {
      overtaken.add(member.identity());
    }
    note(member);
  }

  private void note(RevisionKey key) {
    Fit fit = reference.fit(key.identity(), key.digest());
    if (fit != Fit.NONE) {
      TreeSet<RevisionKey> found =
          fitting.computeIfAbsent(fit, _ -> new TreeSet<>(PlanOrder.REVISIONS));
      if (found.size() < MAX_KEPT) {
        found.add(key);
      }
    }
  }

  /** Once, when all members were added. */
  PinnedRun found() {
    heads.stream().filter(head -> !overtaken.contains(head.identity())).forEach(this::note);
    return Stream.of(Fit.IDENTITY, Fit.ID, Fit.DIGEST)
        .flatMap(fit -> Optional.ofNullable(fitting.get(fit)).stream())
        .findFirst()
        .map(this::only)
        .orElseGet(() -> new PinnedRun.Unresolved("no run '%s' is on record".formatted(reference)));
  }

  private PinnedRun only(SortedSet<RevisionKey> found) {
    if (found.size() == 1) {
      return new PinnedRun.Found(found.first().identity(), found.first().digest());
    }
    return new PinnedRun.Unresolved(
        "several runs are called '%s': %s"
            .formatted(
                reference,
                found.stream()
                    .map(key -> "%s (%s)".formatted(key.identity(), key.digest().abbreviated()))
                    .collect(Collectors.joining(", "))));
  }
}
