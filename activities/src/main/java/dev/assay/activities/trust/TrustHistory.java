package dev.assay.activities.trust;

import dev.assay.activities.trust.TrustState.Current;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.registry.Documents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose signature counted at each place of a ledger, for whoever verifies all of it: told every
 * entry of trust in its order, each is checked against the state before it. Used by one thread.
 */
public final class TrustHistory {
  /**
   * How long before its entry something may have been judged: an activity has 30 s, and its append
   * may wait 10 s for a place and 2 min for its commit (docs/formats/ledger.md, "Append").
   */
  public static final Duration JUDGED_BEFORE = Duration.ofMinutes(5);

  private final String origin;
  private final Optional<Sha256> pinned;
  private final Duration judgedBefore;
  private final TrustChain chain;
  private final List<Step> steps = new ArrayList<>();
  private long entries;
  private Optional<StoredEntry> broken = Optional.empty();

  /**
   * @param origin of the ledger
   * @param pinned the first document that the verifier trusts, if any
   * @param judgedBefore {@link #JUDGED_BEFORE}, but in tests
   */
  public TrustHistory(
      String origin, Optional<Sha256> pinned, Documents documents, Duration judgedBefore) {
    this.origin = origin;
    this.pinned = pinned;
    this.judgedBefore = judgedBefore;
    this.chain = new TrustChain(documents);
  }

  private record Step(StoredEntry entry, Current state) {}

  /** Takes the next entry; why it doesn't hold, if it doesn't and it can be told. */
  public Optional<String> add(StoredEntry entry) {
    entries++;
    if (!entry.key().startsWith(Trusts.KEYS)) {
      return Optional.of(
          "a %s under the key %s, where nobody reads it; those of trust are %s0, %s1, …"
              .formatted(entry.kind(), entry.key(), Trusts.KEYS, Trusts.KEYS));
    }
    if (pinned.isEmpty() || broken.isPresent()) {
      return Optional.empty();
    }
    try {
      steps.add(new Step(entry, next(entry, pinned.get())));
      return Optional.empty();
    } catch (TrustRefusedException e) {
      broken = Optional.of(entry);
      return Optional.of("entry %s: %s".formatted(entry.key(), e.getMessage()));
    }
  }

  private Current next(StoredEntry entry, Sha256 first) {
    String wanted = Trusts.KEYS + steps.size();
    if (!entry.key().equals(wanted)) {
      throw new TrustRefusedException("expected here is the entry %s".formatted(wanted));
    }
    return steps.isEmpty()
        ? chain.first(origin, first, entry.kind(), entry.payload())
        : chain.next(steps.getLast().state(), entry.kind(), entry.payload());
  }

  /** How many entries there are, whether they hold or not. */
  public long entries() {
    return entries;
  }

  /** How many entries hold. */
  public long holding() {
    return steps.size();
  }

  /** Whether the verifier trusts a first document. */
  public boolean pinned() {
    return pinned.isPresent();
  }

  /** Whether it can be told who was trusted at this entry. */
  public boolean toldAt(StoredEntry entry) {
    return pinned.isPresent() && broken.filter(bad -> bad.index() < entry.index()).isEmpty();
  }

  /**
   * The states that an entry may have been judged by, the one in force last: of those that ended
   * before it, the ones that did so while it may have been on its way.
   */
  public List<Current> before(StoredEntry entry) {
    List<Current> states = new ArrayList<>();
    for (int i = 0; i < steps.size() && steps.get(i).entry().index() < entry.index(); i++) {
      boolean last = i + 1 == steps.size() || steps.get(i + 1).entry().index() > entry.index();
      if (last
          || steps.get(i + 1).entry().recorded().plus(judgedBefore).isAfter(entry.recorded())) {
        states.add(steps.get(i).state());
      }
    }
    return states;
  }

  /** The earliest time at which an entry may have been judged; a writer's clock is no evidence. */
  public Instant earliest(StoredEntry entry) {
    Instant later =
        entry.recorded().isAfter(entry.occurred()) ? entry.recorded() : entry.occurred();
    return later.minus(judgedBefore);
  }

  /** The state after a number of entries of the ledger. */
  public Optional<Current> atSize(long size) {
    return steps.reversed().stream()
        .filter(step -> step.entry().index() < size)
        .findFirst()
        .map(Step::state);
  }
}
