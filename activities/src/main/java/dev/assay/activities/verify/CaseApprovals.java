package dev.assay.activities.verify;

import dev.assay.activities.cases.CaseCorrections;
import dev.assay.activities.cases.CaseDecisions;
import dev.assay.activities.trust.JudgedDecision;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.EnvelopeException;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.Remedy;
import dev.assay.model.cases.Wish;
import dev.assay.model.decision.Proposal;
import dev.assay.model.decision.Ruling;
import dev.assay.model.decision.Ruling.Accepted;
import dev.assay.model.decision.Standing;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.statement.StatementException;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Quorum;
import dev.assay.registry.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Whether people signed what a case needs signatures for. Of one case; used by one thread. */
final class CaseApprovals {
  private final CaseEvidence evidence;
  private final CasePolicy policy;

  /** Those about the pending proposal that count. */
  private final List<Accepted> counted = new ArrayList<>();

  private int proposal = -1;

  CaseApprovals(CaseEvidence evidence, CasePolicy policy) {
    this.evidence = evidence;
    this.policy = policy;
  }

  /**
   * What people have yet to agree to.
   *
   * @param proposed whether it was proposed; else no decision is about it
   * @param roles how many of which roles
   */
  record Missing(boolean proposed, SortedMap<String, Integer> roles) {
    boolean nobody() {
      return roles.isEmpty();
    }

    String text() {
      return roles + (proposed ? "" : ", and it wasn't proposed");
    }
  }

  /** By the policy that opened the case, whatever was proposed. */
  Missing missing(CaseFile before, Wish wish) {
    Quorum quorum =
        new Quorum(
            switch (wish) {
              case Wish.Release _ -> policy.releaseApprovals();
              case Wish.Waiver _ -> policy.waiveApprovals();
            });
    boolean proposed =
        before.pending().filter(now -> now.proposed().wish().equals(wish)).isPresent();
    List<Accepted> about =
        proposed && before.pending().orElseThrow().ordinal() == proposal ? counted : List.of();
    return new Missing(
        proposed,
        switch (Standing.of(quorum, about)) {
          case Standing.Met _ -> new TreeMap<>();
          case Standing.Waiting(var roles) -> roles;
          case Standing.Declined _ -> quorum.required();
        });
  }

  /** Why a recorded decision about what is pending doesn't count, if it doesn't. */
  Optional<String> decision(
      CaseFile before, Decided decided, StoredEntry entry, CaseFindings findings) {
    if (decided.ordinal() != proposal) {
      proposal = decided.ordinal();
      counted.clear();
    }
    if (!PublicKey.isForm(decided.key())) {
      return Optional.of("'%s' is no public key".formatted(decided.key()));
    }
    Accepted recorded =
        new Accepted(
            decided.person(), decided.roles(), new PublicKey(decided.key()), decided.approves());
    if (evidence.trust().entries() > 0 && !evidence.trust().toldAt(entry)) {
      counted.add(recorded); // said as a whole
      findings.undecided(entry);
      return Optional.empty();
    }
    findings.decided();
    if (!entry.actor().equals(decided.key())) {
      return Optional.of(
          "the decision is %s's, and its entry names %s".formatted(decided.key(), entry.actor()));
    }
    Proposal pending =
        CaseDecisions.proposal(evidence.origin(), evidence.registry(), before, policy)
            .orElseThrow();
    Optional<String> trouble =
        byAnyOf(
            evidence.trust().before(entry),
            state -> decision(state, pending, recorded, decided, entry),
            decided.envelope());
    if (trouble.isEmpty()) {
      counted.add(recorded);
    }
    return trouble;
  }

  private Optional<String> decision(
      Current state, Proposal pending, Accepted recorded, Decided decided, StoredEntry entry) {
    if (!state.digest().equals(decided.trust())) {
      return Optional.of(
          "it was judged by the Trust document %s, and in force was %s"
              .formatted(decided.trust(), state.digest()));
    }
    JudgedDecision judged =
        JudgedDecision.of(
            document(decided.envelope()),
            state,
            Optional.of(pending),
            counted,
            evidence.trust().earliest(entry));
    if (!judged.envelope().equals(decided.envelope())) {
      return Optional.of("its envelope isn't in its canonical form");
    }
    return switch (judged.ruling()) {
      case Ruling.Refused refused -> Optional.of(refused.refusal() + ": " + refused.text());
      case Accepted accepted ->
          accepted.equals(recorded)
              ? Optional.empty()
              : Optional.of("what was signed is %s, on record is %s".formatted(accepted, recorded));
    };
  }

  /** Why a correction on record doesn't count, if the remedy is one and it doesn't. */
  Optional<String> correction(CaseFile before, Remedy remedy, StoredEntry entry) {
    if (remedy.kind() != Remedy.Kind.CORRECT) {
      return Optional.empty();
    }
    if (remedy.details().isEmpty()) {
      return Optional.of("a correction without its document");
    }
    if (evidence.trust().entries() > 0 && !evidence.trust().toldAt(entry)) {
      return Optional.empty(); // said as a whole
    }
    Sha256 signed = remedy.details().get();
    return byAnyOf(
        evidence.trust().before(entry),
        state ->
            CaseCorrections.refusal(
                evidence.registry(), evidence.origin(), before, policy, document(signed), state),
        signed);
  }

  /** Nothing, if any of the states accepts it; else what the one in force says. */
  private static Optional<String> byAnyOf(
      List<Current> states, Function<Current, Optional<String>> judge, Sha256 envelope) {
    String trouble = "nobody was trusted when it was recorded";
    for (Current state : states) {
      try {
        Optional<String> found = judge.apply(state);
        if (found.isEmpty()) {
          return found;
        }
        trouble = found.get();
      } catch (EnvelopeException | StatementException e) {
        trouble = String.valueOf(e.getMessage());
      }
    }
    return Optional.of("envelope %s: %s".formatted(envelope.abbreviated(), trouble));
  }

  private byte[] document(Sha256 digest) {
    return evidence
        .registry()
        .documents()
        .find(digest)
        .map(Document::bytes)
        .orElseThrow(() -> new StatementException("it is not in the registry"));
  }
}
