package dev.assay.model.decision;

import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.decision.Ruling.Refused;
import dev.assay.model.trust.Person;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Trust;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether a signed decision counts. The first rule that it breaks is the one named: whose key, then
 * what was signed, then who decided.
 *
 * @param trust whose keys count
 * @param revoked keys that count no more
 */
public record DecisionRules(Trust trust, Set<PublicKey> revoked) {
  public DecisionRules {
    revoked = Set.copyOf(revoked);
  }

  /**
   * Rules on a decision.
   *
   * @param key the key whose signature over {@code decision} was verified
   * @param pending the case's proposal, if one waits
   * @param before who decided about it already
   */
  public Ruling rule(
      PublicKey key,
      DecisionStatement decision,
      Optional<Proposal> pending,
      Collection<Accepted> before,
      Instant now) {
    Optional<Person> owner = trust.owner(key);
    if (owner.isEmpty()) {
      return refused(
          Refusal.NOT_TRUSTED_KEY,
          "no person of the Trust document %s has the key %s; 'assay trust show' lists them"
              .formatted(trust.digest().abbreviated(), key));
    }
    if (revoked.contains(key)) {
      return refused(
          Refusal.REVOKED_KEY,
          "the key %s was revoked; sign with another that the Trust document gives you"
              .formatted(key));
    }
    if (pending.isEmpty()) {
      return refused(
          Refusal.NOTHING_PENDING,
          "%s has no proposal that waits for decisions".formatted(decision.subject()));
    }
    Person person = owner.get();
    Proposal proposal = pending.get();
    return otherwise(
        binding(decision, proposal, now),
        () ->
            otherwise(
                standing(person, decision, proposal, before),
                () -> accepted(person, key, decision, proposal)));
  }

  private static Accepted accepted(
      Person person, PublicKey key, DecisionStatement decision, Proposal proposal) {
    return new Accepted(
        person.id(), proposal.quorum().seatsFor(person.roles()), key, decision.approve());
  }

  /** Whether what was signed is this proposal, now. */
  private static Optional<Refused> binding(
      DecisionStatement decision, Proposal proposal, Instant now) {
    if (!decision.ledger().equals(proposal.ledger())) {
      return other(Refusal.OTHER_LEDGER, "ledger", decision.ledger(), proposal.ledger());
    }
    if (!decision.subject().equals(proposal.subject())) {
      return other(Refusal.OTHER_SUBJECT, "case", decision.subject(), proposal.subject());
    }
    if (!decision.digest().equals(proposal.digest())) {
      return other(Refusal.OTHER_DIGEST, "run revision", decision.digest(), proposal.digest());
    }
    if (decision.ordinal() != proposal.ordinal()) {
      return other(Refusal.OTHER_ORDINAL, "proposal", decision.ordinal(), proposal.ordinal());
    }
    if (decision.action() != proposal.action() || !decision.until().equals(proposal.until())) {
      return other(
          Refusal.OTHER_ACTION,
          "action",
          action(decision.action(), decision.until()),
          action(proposal.action(), proposal.until()));
    }
    if (!now.isBefore(decision.expires())) {
      return Optional.of(
          refused(
              Refusal.EXPIRED,
              "the decision was good until %s, and it is %s; sign it again"
                  .formatted(decision.expires(), now)));
    }
    return Optional.empty();
  }

  /** Whether the person may decide about this proposal. */
  private Optional<Refused> standing(
      Person person, DecisionStatement decision, Proposal proposal, Collection<Accepted> before) {
    List<String> roles = proposal.quorum().seatsFor(person.roles());
    if (roles.isEmpty() && !proposal.quorum().required().isEmpty()) {
      return Optional.of(
          refused(
              Refusal.NO_ROLE,
              "%s has none of the roles that decide: %s"
                  .formatted(
                      person.id(), String.join(", ", proposal.quorum().required().keySet()))));
    }
    if (before.stream().anyMatch(earlier -> earlier.person().equals(person.id()))) {
      return Optional.of(
          refused(
              Refusal.ALREADY_DECIDED,
              "%s decided about this proposal before, and counts once".formatted(person.id())));
    }
    // The author may decline: that lets no run through.
    return decision.approve() && proposal.notAuthor()
        ? NotAuthor.refusal(trust, person, proposal.authors(), "approve")
        : Optional.empty();
  }

  private static Optional<Refused> other(
      Refusal refusal, String what, Object signed, Object asked) {
    return Optional.of(
        refused(
            refusal,
            "it was signed for another %s: %s, where %s waits; sign what waits"
                .formatted(what, signed, asked)));
  }

  private static String action(DecisionAction action, Optional<Instant> until) {
    return action.text() + until.map(time -> " until " + time).orElse("");
  }

  private static Refused refused(Refusal refusal, String text) {
    return new Refused(refusal, text);
  }

  private static Ruling otherwise(Optional<Refused> refused, Supplier<Ruling> next) {
    return refused.<Ruling>map(no -> no).orElseGet(next);
  }
}
