package dev.assay.activities.verify;

import dev.assay.activities.trust.TrustHistory;
import dev.assay.evidence.PublicKeys;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.Warning;
import dev.assay.model.trust.PublicKey;
import dev.assay.model.trust.Signer;
import dev.assay.model.trust.SignerUse;
import dev.assay.model.trust.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether services that signed are those that the Trust document in force then names for it. One
 * that names none for a purpose leaves it to whoever verifies, who trusts keys of their own choice.
 */
public final class SignerUses {
  private final TrustHistory trust;

  /** The first thing that a key signed without being named, by use and key. */
  private final Map<String, Warning> warnings = new TreeMap<>();

  public SignerUses(TrustHistory trust) {
    this.trust = trust;
  }

  /** A checkpoint that the verifier's key signed. */
  public void checkpoint(long size, VerifierKey key, String source) {
    look(
        SignerUse.CHECKPOINTS, size, key, "the checkpoint of size %d, %s,".formatted(size, source));
  }

  /** A result that counts. */
  public void result(StoredEntry seal, VerifierKey key) {
    look(
        SignerUse.RESULTS,
        seal.index(),
        key,
        "a result of %s, sealed by entry %d,".formatted(seal.subject(), seal.index()));
  }

  /** Of each key and use the first. */
  public List<Warning> warnings() {
    return List.copyOf(warnings.values());
  }

  private void look(SignerUse use, long size, VerifierKey key, String what) {
    Optional<Trust> document = trust.atSize(size).map(state -> state.trust());
    List<PublicKey> named =
        document.stream()
            .flatMap(found -> found.signers().stream())
            .filter(signer -> signer.may().contains(use))
            .map(Signer::keys)
            .flatMap(List::stream)
            .toList();
    if (!named.isEmpty() && PublicKeys.of(key).filter(named::contains).isEmpty()) {
      warnings.putIfAbsent(
          use.text() + " " + key,
          new Warning(
              Warning.Kind.SIGNER_NOT_NAMED,
              "%s was signed with %s, which the Trust document %s doesn't name for %s"
                  .formatted(
                      what,
                      PublicKeys.of(key).map(PublicKey::text).orElseGet(key::toString),
                      document.orElseThrow().digest().abbreviated(),
                      use.text()),
              "find out whose key it is; if it is a service's of yours, propose a document that has it ('assay trust propose')"));
    }
  }
}
