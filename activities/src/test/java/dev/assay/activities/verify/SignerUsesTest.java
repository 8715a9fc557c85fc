package dev.assay.activities.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.cases.OpenCase;
import dev.assay.activities.trust.TrustHistory;
import dev.assay.activities.validation.Policies;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.SigningKey;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.Warning;
import dev.assay.model.trust.Signer;
import dev.assay.model.trust.SignerUse;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignerUsesTest {
  private static final SigningKey LOG = SigningKey.generate(KeyType.ED25519);
  private static final SigningKey STRANGER = SigningKey.generate(KeyType.ED25519);

  private final OpenCase open = new OpenCase();

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void checkpoint_byAnotherThanIsNamed_isSaidOnce() {
    long named = name(SignerUse.CHECKPOINTS);
    SignerUses uses = new SignerUses(trust());
    uses.checkpoint(named + 1, key(LOG), "mine");
    assertThat(uses.warnings()).isEmpty();
    uses.checkpoint(named + 1, key(STRANGER), "first");
    uses.checkpoint(named + 2, key(STRANGER), "second");
    assertThat(uses.warnings())
        .singleElement()
        .matches(warning -> warning.kind() == Warning.Kind.SIGNER_NOT_NAMED)
        .matches(warning -> warning.detail().contains(PublicKeys.of(STRANGER).text()))
        .matches(warning -> warning.detail().contains("first"));
  }

  @Test
  void checkpoint_beforeTheDocumentOrOfAnotherUse_isNotTold() {
    long named = name(SignerUse.CHECKPOINTS);
    SignerUses uses = new SignerUses(trust());
    uses.checkpoint(named, key(STRANGER), "earlier");
    uses.result(open.reader().entry(named).orElseThrow(), key(STRANGER));
    assertThat(uses.warnings()).isEmpty();
  }

  @Test
  void result_byAnotherThanIsNamed_isSaid() {
    name(SignerUse.RESULTS);
    open.judged("validate/later#1", open.policyDigest, "PASS");
    StoredEntry seal = open.reader().entryByKey("validate/later#1/sealed").orElseThrow();
    SignerUses uses = new SignerUses(trust());
    uses.result(seal, key(LOG));
    assertThat(uses.warnings()).isEmpty();
    uses.result(seal, key(STRANGER));
    assertThat(uses.warnings())
        .singleElement()
        .matches(warning -> warning.detail().contains("validate/later#1"))
        .matches(warning -> warning.detail().endsWith("for results"));
  }

  /** A document that names one for a use; the index of its entry. */
  private long name(SignerUse use) {
    Trust next =
        new Trust(
            "with-signers",
            open.trust.people(),
            List.of(new Signer("s", List.of(PublicKeys.of(LOG)), List.of(use))),
            open.trust.changeQuorum());
    TrustChange change =
        new TrustChange(open.reader().head().origin(), open.trust.digest(), next.digest(), 1);
    return open.trustLog()
        .change(open.trusts().require(), next, Envelope.sign(change.statement(), open.ann))
        .index();
  }

  private TrustHistory trust() {
    CaseVerification verification =
        new CaseVerification(
            open.dataSource(),
            open.reader(),
            open.registry(),
            new Policies(open.registry().documents()),
            Optional.of(open.trust.digest()));
    verification.run(LedgerVerifier.verify(open.dataSource(), VerifyRequest.of(OpenCase.LEDGER)));
    return verification.trust();
  }

  private static VerifierKey key(SigningKey key) {
    return key.named("somebody").verifierKey();
  }
}
