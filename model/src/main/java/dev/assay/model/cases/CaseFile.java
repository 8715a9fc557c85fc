package dev.assay.model.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.RunVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A case, folded from its entries by {@link CaseFold}.
 *
 * @param opened how it began
 * @param state where it stands
 * @param ordinal number of its latest transition; 0 is the opening
 * @param since when it was last opened: deadlines count from here
 * @param runDigest the revision that is held
 * @param policyDigest the policy that judged it last
 * @param evidence the validation whose plan says where the held revision was found
 * @param assignee whom it was given to, as a commitment
 * @param revalidation the latest, while it says something about the run as it is
 * @param pending what people have to decide
 * @param waivedUntil end of the waiver
 * @param reminders how many since it was last opened
 * @param escalated whether it was since
 * @param commands ids of what was asked and is on record
 */
public record CaseFile(
    CaseOpened opened,
    CaseState state,
    int ordinal,
    Instant since,
    Sha256 runDigest,
    Sha256 policyDigest,
    String evidence,
    Optional<Sha256> assignee,
    Optional<Revalidation> revalidation,
    Optional<Pending> pending,
    Optional<Instant> waivedUntil,
    int reminders,
    boolean escalated,
    Set<String> commands) {

  public CaseFile {
    commands = Set.copyOf(commands);
  }

  /**
   * A judgement asked for.
   *
   * @param asked what
   * @param judged what came of it, once it has
   */
  public record Revalidation(CaseEvent.Revalidating asked, Optional<CaseEvent.Judged> judged) {
    /** The verdict, if there is one. */
    public Optional<RunVerdict> verdict() {
      return judged.flatMap(CaseEvent.Judged::verdict);
    }
  }

  /**
   * A proposal and who has decided.
   *
   * @param ordinal its transition
   * @param proposed what is proposed
   * @param decisions those that count, in their order
   */
  public record Pending(
      int ordinal, CaseEvent.Proposed proposed, List<CaseEvent.Decided> decisions) {
    public Pending {
      decisions = List.copyOf(decisions);
    }
  }

  /** Whether the run as it is was judged again and passed: all that a release waits for. */
  public boolean passedAgain() {
    return state == CaseState.REVALIDATING
        && revalidation
            .filter(now -> now.asked().runDigest().equals(runDigest))
            .flatMap(Revalidation::judged)
            .filter(CaseEvent.Judged::passed)
            .isPresent();
  }

  /** The validation that has yet to be carried out. */
  public Optional<CaseEvent.Revalidating> unjudged() {
    return state == CaseState.REVALIDATING
        ? revalidation.filter(now -> now.judged().isEmpty()).map(Revalidation::asked)
        : Optional.empty();
  }
}
