package dev.assay.activities.cases;

import dev.assay.activities.Entries;
import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.EnvelopeException;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.cases.CaseCommand;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.cases.CaseRuling.Refused;
import dev.assay.model.cases.CaseRuling.Why;
import dev.assay.model.cases.Remedy;
import dev.assay.model.decision.Ruling;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.CasePolicy;
import dev.assay.model.remedy.CorrectionRules;
import dev.assay.model.remedy.CorrectionStatement;
import dev.assay.model.statement.StatementException;
import dev.assay.registry.Document;
import dev.assay.registry.Registry;
import java.time.Instant;
import java.util.Optional;

/** Whether a signed correction counts, and the entry of one that doesn't. */
public final class CaseCorrections {
  private final CaseServices services;
  private final String ledger;

  public CaseCorrections(CaseServices services, String ledger) {
    this.services = services;
    this.ledger = ledger;
  }

  /**
   * Why a remedy can't be recorded, if it brings a correction that doesn't count; that it was tried
   * is on record then. Safe to repeat.
   *
   * @param policy the one that opened the case
   */
  Optional<Refused> refusal(
      CaseFile file, CasePolicy policy, CaseCommand.Remediate wanted, Instant now) {
    if (wanted.remedy().kind() != Remedy.Kind.CORRECT) {
      return Optional.empty();
    }
    if (wanted.remedy().details().isEmpty()) {
      return Optional.of(new Refused(Why.DECISION, "a correction without its document"));
    }
    try {
      JudgedCorrection judged =
          judge(
              services.registry(),
              services.readers().apply(ledger).head().origin(),
              file,
              policy,
              document(wanted.remedy().details().get()),
              services.trusts().apply(ledger).require());
      judged.refused().ifPresent(refused -> record(file, judged, refused, now));
      return judged.refused().map(refused -> new Refused(Why.DECISION, text(refused)));
    } catch (EnvelopeException | StatementException e) {
      return Optional.of(new Refused(Why.DECISION, unreadable(e)));
    }
  }

  /**
   * Why a signed correction doesn't count, if it doesn't.
   *
   * @param policy the one that opened the case
   * @param json the envelope
   * @throws dev.assay.activities.trust.TrustUnpinnedException if nobody is trusted
   */
  public Optional<String> refusal(CaseFile file, CasePolicy policy, byte[] json) {
    return refusal(
        services.registry(),
        services.readers().apply(ledger).head().origin(),
        file,
        policy,
        json,
        services.trusts().apply(ledger).require());
  }

  /**
   * As {@link #refusal(CaseFile, CasePolicy, byte[])}, for whoever verifies it.
   *
   * @param origin of the ledger
   * @param trust who was trusted then
   */
  public static Optional<String> refusal(
      Registry registry,
      String origin,
      CaseFile file,
      CasePolicy policy,
      byte[] json,
      Current trust) {
    try {
      return judge(registry, origin, file, policy, json, trust)
          .refused()
          .map(CaseCorrections::text);
    } catch (EnvelopeException | StatementException e) {
      return Optional.of(unreadable(e));
    }
  }

  private static JudgedCorrection judge(
      Registry registry,
      String origin,
      CaseFile file,
      CasePolicy policy,
      byte[] json,
      Current trust) {
    Envelope envelope = Envelope.parse(json);
    if (envelope.size() != 1) {
      throw new StatementException(
          "it has %d signatures; one person signs it".formatted(envelope.size()));
    }
    return JudgedCorrection.of(
        envelope,
        CorrectionStatement.of(envelope.statement()),
        trust,
        policy.correctionRoles(),
        new CorrectionRules.Held(
            origin,
            file.opened().caseId(),
            file.runDigest(),
            policy.notAuthor()
                ? Optional.of(RunAuthors.of(registry, file.runDigest()))
                : Optional.empty()));
  }

  private void record(CaseFile file, JudgedCorrection judged, Ruling.Refused refused, Instant now) {
    String caseId = file.opened().caseId();
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
                judged.payload(refused)));
  }

  private static String text(Ruling.Refused refused) {
    return refused.refusal() + ": " + refused.text();
  }

  private static String unreadable(RuntimeException e) {
    return "the correction: " + e.getMessage();
  }

  private byte[] document(Sha256 digest) {
    return services
        .registry()
        .documents()
        .find(digest)
        .map(Document::bytes)
        .orElseThrow(
            () ->
                new EvidenceMissingException(
                    "correction %s is not in the registry; sign again".formatted(digest)));
  }
}
