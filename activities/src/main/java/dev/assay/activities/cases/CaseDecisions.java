package dev.assay.activities.cases;

import dev.assay.activities.Entries;
import dev.assay.activities.trust.JudgedDecision;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseFile.Pending;
import dev.assay.model.cases.Wish;
import dev.assay.model.decision.DecisionAction;
import dev.assay.model.decision.DecisionStatement;
import dev.assay.model.decision.Proposal;
import dev.assay.model.decision.Ruling;
import dev.assay.model.decision.Standing;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Quorum;
import dev.assay.registry.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People's signed decisions about what a case proposes: those that count, and those that don't. */
public final class CaseDecisions {
  private final CaseServices services;
  private final String ledger;

  public CaseDecisions(CaseServices services, String ledger) {
    this.services = services;
    this.ledger = ledger;
  }

  /**
   * What waits for decisions, as people sign it.
   *
   * @param policy the one that opened the case
   */
  public Optional<Proposal> proposal(CaseFile file, CasePolicy policy) {
    return proposal(
        services.readers().apply(ledger).head().origin(), services.registry(), file, policy);
  }

  /**
   * As {@link #proposal(CaseFile, CasePolicy)}, for whoever verifies it.
   *
   * @param origin of the ledger
   */
  public static Optional<Proposal> proposal(
      String origin, Registry registry, CaseFile file, CasePolicy policy) {
    return file.pending().map(pending -> proposal(origin, registry, file, pending, policy));
  }

  private static Proposal proposal(
      String origin, Registry registry, CaseFile file, Pending pending, CasePolicy policy) {
    Wish wish = pending.proposed().wish();
    return new Proposal(
        origin,
        DecisionStatement.CASE + file.opened().caseId(),
        pending.proposed().runDigest(),
        pending.ordinal(),
        wish instanceof Wish.Release ? DecisionAction.RELEASE : DecisionAction.WAIVE,
        wish instanceof Wish.Waiver(Instant until, var _) ? Optional.of(until) : Optional.empty(),
        new Quorum(pending.proposed().required()),
        policy.notAuthor(),
        policy.notAuthor() ? RunAuthors.of(registry, pending.proposed().runDigest()) : List.of());
  }

  /** Judges a signed decision by who is trusted now. */
  JudgedDecision judge(byte[] envelope, CaseFile file, CasePolicy policy, Instant now) {
    Current trust = services.trusts().apply(ledger).require();
    return JudgedDecision.of(envelope, trust, proposal(file, policy), before(file.pending()), now);
  }

  private static List<Ruling.Accepted> before(Optional<Pending> pending) {
    return pending.stream()
        .flatMap(proposal -> proposal.decisions().stream())
        .map(
            decided ->
                new Ruling.Accepted(
                    decided.person(),
                    decided.roles(),
                    new PublicKey(decided.key()),
                    decided.approves()))
        .toList();
  }

  /** The transition that a decision is, if it counts. */
  static CaseCommand.Decide command(JudgedDecision judged, Ruling.Accepted accepted) {
    return new CaseCommand.Decide(
        new Decided(
            Math.toIntExact(judged.statement().ordinal()),
            accepted.approve(),
            accepted.person(),
            accepted.key().text(),
            accepted.roles(),
            judged.envelope(),
            judged.trust()));
  }

  /** Puts on record that a decision doesn't count; the same one for the same reason once. */
  void refuse(String caseId, JudgedDecision judged, Ruling.Refused refused, Instant now) {
    services
        .ledgers()
        .ledger(ledger)
        .append(
            new NewEntry(
                CaseLedger.refusalKey(caseId, judged.envelope(), refused.refusal()),
                EntryKind.DECISION_REFUSED,
                judged.actor(),
                caseId,
                refused.refusal().name(),
                now,
                Entries.correlation(),
                judged.payload()));
  }

  /** Whether enough people agreed to what is proposed. */
  static boolean met(CaseFile file) {
    return file.pending()
        .filter(
            pending ->
                Standing.of(new Quorum(pending.proposed().required()), before(Optional.of(pending)))
                    instanceof Standing.Met)
        .isPresent();
  }
}
