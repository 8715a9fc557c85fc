package dev.assay.evidence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A signer's second key, ML-DSA-44, which survives a computer that breaks Ed25519. Loaded when it
 * is needed: a command that signs nothing new doesn't pay for it.
 *
 * @param file made at the first signature
 * @param name the ledger's origin
 */
record CosignerFile(Path file, String name) {
  private static final int LINE_BYTES = 4 + KeyType.ML_DSA_44.signatureBytes();

  /** The key's public half; empty before it is made. */
  Optional<VerifierKey> verifierKey() {
    return Files.exists(file) ? Optional.of(load().verifierKey()) : Optional.empty();
  }

  /**
   * The key, made if there never was one.
   *
   * @param last what was signed last
   * @throws SignerStateException if the key is not, or no more, the one that signed it
   */
  NoteSigner signer(Optional<SignedNote> last) {
    Optional<SignatureLine> before = last.flatMap(this::ownLine);
    if (before.isPresent() && !Files.exists(file)) {
      throw new SignerStateException(
          "%s is missing, and has signed the last checkpoint: restore it from a backup"
              .formatted(file));
    }
    NoteSigner signer = load();
    if (before.filter(line -> line.keyId() != signer.verifierKey().keyId()).isPresent()) {
      throw new SignerStateException(
          "%s isn't the key that signed the last checkpoint: restore it from a backup"
              .formatted(file));
    }
    return signer;
  }

  private NoteSigner load() {
    return KeyFiles.loadOrCreate(file, KeyType.ML_DSA_44).named(name);
  }

  /** Told by its name and length; the one of Ed25519 is shorter. */
  private Optional<SignatureLine> ownLine(SignedNote note) {
    return note.signatures().stream()
        .filter(line -> line.name().equals(name))
        .filter(line -> 4 + line.signature().length == LINE_BYTES)
        .findFirst();
  }
}
