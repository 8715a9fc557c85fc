package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One transition of a case, as its ledger entry says it. Free text is a commitment: SHA-256(salt ‖
 * text), the text is elsewhere.
 */
public sealed interface CaseEvent {

  /** Somebody is to look at it. */
  record Assigned(Sha256 to) implements CaseEvent {}

  record Commented(Sha256 text) implements CaseEvent {}

  /** A remedy was begun. */
  record Remediating(Remedy remedy) implements CaseEvent {}

  /**
   * The run is to be judged again.
   *
   * @param workflowId the validation that does it
   * @param importSet the registry's import set that has this run alone
   * @param runDigest the revision to judge; not the one held, if it was imported anew
   * @param policyDigest by which policy: the case's, or a newer one of its name
   */
  record Revalidating(String workflowId, String importSet, Sha256 runDigest, Sha256 policyDigest)
      implements CaseEvent {}

  /** What came of it; empty if the validation ended without a seal. */
  record Judged(String workflowId, Optional<RunVerdict> verdict) implements CaseEvent {
    /** A run that the policy doesn't select wasn't judged, so it didn't pass. */
    boolean passed() {
      return verdict
          .filter(found -> found == RunVerdict.PASS || found == RunVerdict.WARN)
          .isPresent();
    }
  }

  /**
   * Somebody wants the run let through, and people have to agree.
   *
   * @param wish what for
   * @param runDigest the revision it is about
   * @param expires until when people may decide
   * @param required how many of which roles have to agree
   */
  record Proposed(Wish wish, Sha256 runDigest, Instant expires, SortedMap<String, Integer> required)
      implements CaseEvent {
    public Proposed {
      required = Collections.unmodifiableSortedMap(new TreeMap<>(required));
    }
  }

  /**
   * A person's signed decision that counts.
   *
   * @param ordinal the proposal's transition
   * @param approves whether they agree
   * @param person their id in the Trust document
   * @param key the key that signed
   * @param roles what they decide as, sorted
   * @param envelope digest of the signed document
   * @param trust digest of the Trust document that says who they are
   */
  record Decided(
      int ordinal,
      boolean approves,
      String person,
      String key,
      List<String> roles,
      Sha256 envelope,
      Sha256 trust)
      implements CaseEvent {
    public Decided {
      roles = roles.stream().sorted().toList();
    }
  }

  record Released(Optional<Sha256> reason) implements CaseEvent {}

  record Waived(Instant until, Optional<Sha256> reason) implements CaseEvent {}

  record Rejected(Optional<Sha256> reason) implements CaseEvent {}

  record Reopened(Optional<Sha256> reason) implements CaseEvent {}

  /** The {@code number}th since the case was last opened, from 1. */
  record Reminded(int number) implements CaseEvent {}

  /** Whom: roles. */
  record Escalated(List<String> to) implements CaseEvent {
    public Escalated {
      to = List.copyOf(to);
    }
  }

  /** The deadline that passed. */
  record Expired(Instant deadline) implements CaseEvent {}

  /** The waiver that ended. */
  record WaiverEnded(Instant until) implements CaseEvent {}

  /**
   * The run is another one now.
   *
   * @param workflowId the validation that imported it
   */
  record Changed(Sha256 runDigest, String workflowId) implements CaseEvent {}
}
