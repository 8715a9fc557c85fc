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
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds runs of the same content: first {@link #add} every run of a set in plan order, then ask
 * {@link #of} for each, in any order. Two revisions of one run aren't each other's duplicates.
 * Keeps about 200 bytes a run and check. Used by one thread.
 */
public final class DuplicateSearch {
  private final List<DuplicateCheck> checks;
  private final List<Map<Sha256, Seen>> groups = new ArrayList<>();

  /** For the duplicate checks of a policy. */
  public DuplicateSearch(List<DuplicateCheck> checks) {
    this.checks = List.copyOf(checks);
    checks.forEach(_ -> groups.add(new HashMap<>()));
  }

  /** The runs of one content. */
  private static final class Seen {
    private final List<String> first = new ArrayList<>(1);
    private RunIdentity last;
    private long count;

    Seen(RunIdentity identity) {
      last = identity;
      count = 1;
      first.add(identity.toString());
    }

    void add(RunIdentity identity) {
      if (!identity.equals(last)) {
        last = identity;
        count++;
        if (first.size() <= Duplicates.MAX_NAMED) { // one more: a run isn't among its own
          first.add(identity.toString());
        }
      }
    }

    Optional<Duplicates.Group> without(RunIdentity identity) {
      String name = identity.toString();
      return count == 1
          ? Optional.empty()
          : Optional.of(
              new Duplicates.Group(
                  count - 1,
                  first.stream()
                      .filter(other -> !other.equals(name))
                      .limit(Duplicates.MAX_NAMED)
                      .toList()));
    }
  }

  /** The next run in plan order: one identity's revisions follow each other. */
  public void add(RunIdentity identity, Run run, Optional<ArtifactDigests> taken) {
    for (int i = 0; i < checks.size(); i++) {
      if (RunContent.of(run, taken, checks.get(i).of()) instanceof RunContent.Known(var digest)) {
        Seen seen = groups.get(i).get(digest);
        if (seen == null) {
          groups.get(i).put(digest, new Seen(identity));
        } else {
          seen.add(identity);
        }
      }
    }
  }

  /** What a run that was added shares with others. */
  public Duplicates of(RunIdentity identity, Run run, Optional<ArtifactDigests> taken) {
    SortedMap<String, Duplicates.Group> found = new TreeMap<>();
    for (int i = 0; i < checks.size(); i++) {
      if (RunContent.of(run, taken, checks.get(i).of()) instanceof RunContent.Known(var digest)) {
        String check = checks.get(i).id();
        Objects.requireNonNull(groups.get(i).get(digest), "a run that was not added")
            .without(identity)
            .ifPresent(group -> found.put(check, group));
      }
    }
    return new Duplicates(found);
  }
}
