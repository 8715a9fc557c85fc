package dev.assay.cli.quarantine;

import dev.assay.activities.cases.CaseCorrections;
import dev.assay.cli.base.UsageException;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.SigningKey;
import dev.assay.model.cases.Commitment;
import dev.assay.model.cases.Remedy;
import dev.assay.model.digest.Sha256;
import dev.assay.model.remedy.CorrectionStatement;
import dev.assay.model.remedy.Corrections;
import dev.assay.model.remedy.RemedyException;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.statement.Statement;
import dev.assay.registry.Registry;
import dev.assay.worker.EngineHost;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs a correction of the held revision, and derives the corrected one. */
final class Correcting implements Remedying {
  private static final String KIND = "Envelope";

  private final Corrections corrections;
  private final SigningKey key;
  private final String reason;

  Correcting(Corrections corrections, SigningKey key, String reason) {
    this.corrections = corrections;
    this.key = key;
    this.reason = reason;
  }

  @Override
  public Remedy.Kind kind() {
    return Remedy.Kind.CORRECT;
  }

  @Override
  public Worked work(HeldCase held) {
    RunEvidence now = held.evidence();
    try {
      if (corrections.holdIn(now.run())) {
        return Worked.already(now);
      }
      Paper paper = begun(held).orElseGet(() -> signed(held, commitment()));
      return new Worked(
          new RunEvidence(
              corrections.applyTo(now.run(), paper.digest()),
              now.artifactsNow(),
              now.artifactsFirst()),
          List.of(),
          Optional.of(paper),
          refusal(held, paper),
          true);
    } catch (RemedyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The same document as before, if this was begun before and ended early: it isn't two. */
  private Optional<Paper> begun(HeldCase held) {
    Registry registry = held.stack().storage().registry();
    return held.latestRemedy()
        .filter(remedy -> remedy.kind() == kind())
        .flatMap(Remedy::details)
        .flatMap(
            digest ->
                registry
                    .documents()
                    .find(digest)
                    .map(found -> Envelope.parse(found.bytes()).statement())
                    .map(CorrectionStatement::of)
                    .filter(statement -> saysSo(registry, statement.reason()))
                    .map(statement -> paper(held, statement.reason(), Optional.empty()))
                    .filter(paper -> paper.digest().equals(digest)));
  }

  private boolean saysSo(Registry registry, Sha256 commitment) {
    Map<Sha256, String> texts = registry.privateTexts().find(List.of(commitment));
    return reason.equals(texts.get(commitment));
  }

  private Paper signed(HeldCase held, Commitment commitment) {
    return paper(held, commitment.digest(), Optional.of(commitment));
  }

  private Paper paper(HeldCase held, Sha256 because, Optional<Commitment> text) {
    CorrectionStatement statement =
        new CorrectionStatement(
            held.stack().storage().reader(held.ledger()).head().origin(),
            held.id(),
            held.file().runDigest(),
            corrections,
            because);
    Statement signed = statement.statement();
    CorrectionStatement.of(Statement.parse(signed.encode())); // what can't be read isn't signed
    return new Paper(KIND, Envelope.sign(signed, key).encode(), text);
  }

  private Commitment commitment() {
    CaseTexts.requireReason("--reason", reason);
    byte[] salt = new byte[Commitment.SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      return new Commitment(salt, reason);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--reason: %s".formatted(e.getMessage()));
    }
  }

  /** For a dry run; what counts is looked at where it is recorded, and so is a refusal. */
  private static Optional<String> refusal(HeldCase held, Paper paper) {
    return new CaseCorrections(
            EngineHost.cases(held.stack().home().folder(), held.stack().storage()), held.ledger())
        .refusal(held.file(), held.shown().policy(), paper.bytes());
  }
}
