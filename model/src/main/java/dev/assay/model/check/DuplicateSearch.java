package dev.assay.model.check;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds runs of the same content: first {@link #add} every run of a set in plan order, then ask
 * {@link #of} for each. Two revisions of one run aren't each other's duplicates. Keeps about 300
 * bytes a run. Used by one thread.
 */
public final class DuplicateSearch {
  private final List<DuplicateCheck> checks;
  private final List<Map<Sha256, Group>> groups = new ArrayList<>();

  /** Of each run, what it shares by each check, if its content is known. */
  private final List<Added> added = new ArrayList<>();

  /** For the duplicate checks of a policy. */
  public DuplicateSearch(List<DuplicateCheck> checks) {
    this.checks = List.copyOf(checks);
    checks.forEach(_ -> groups.add(new HashMap<>()));
  }

  private record Added(RunIdentity identity, List<Optional<Group>> groups) {}

  /** The runs of one content. */
  private static final class Group {
    private final List<RunIdentity> first = new ArrayList<>(1);
    private RunIdentity last;
    private long count;

    Group(RunIdentity identity) {
      last = identity;
      count = 1;
      first.add(identity);
    }

    void add(RunIdentity identity) {
      if (!identity.equals(last)) {
        last = identity;
        count++;
        if (first.size() <= Duplicates.MAX_NAMED) { // one more: a run isn't among its own
          first.add(identity);
        }
      }
    }

    Duplicates.Group without(RunIdentity identity) {
      return new Duplicates.Group(
          count - 1,
          first.stream()
              .filter(other -> !other.equals(identity))
              .limit(Duplicates.MAX_NAMED)
              .map(RunIdentity::toString)
              .toList());
    }
  }

  /** The next run in plan order: one identity's revisions follow each other. */
  public void add(RunIdentity identity, Run run, Optional<ArtifactDigests> taken) {
    List<Optional<Group>> shared = new ArrayList<>(checks.size());
    for (int i = 0; i < checks.size(); i++) {
      Map<Sha256, Group> known = groups.get(i);
      shared.add(
          RunContent.of(run, taken, checks.get(i).of()) instanceof RunContent.Known(Sha256 digest)
              ? Optional.of(join(known, digest, identity))
              : Optional.empty());
    }
    added.add(new Added(identity, List.copyOf(shared)));
  }

  private static Group join(Map<Sha256, Group> known, Sha256 digest, RunIdentity identity) {
    Group group = known.computeIfAbsent(digest, _ -> new Group(identity));
    group.add(identity);
    return group;
  }

  /** Number of runs added. */
  public int size() {
    return added.size();
  }

  /** What the run that was added as number {@code ordinal}, from 0, shares with others. */
  public Duplicates of(int ordinal) {
    Added run = added.get(ordinal);
    SortedMap<String, Duplicates.Group> found = new TreeMap<>();
    for (int i = 0; i < checks.size(); i++) {
      String check = checks.get(i).id();
      run.groups()
          .get(i)
          .filter(group -> group.count > 1)
          .ifPresent(group -> found.put(check, group.without(run.identity())));
    }
    return found.isEmpty() ? Duplicates.NONE : new Duplicates(found);
  }
}
