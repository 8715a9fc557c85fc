package dev.assay.evidence;

import dev.assay.model.trust.PublicKey;
import java.util.Optional;

/** People's public keys, {@code ed25519:…}: told from the files of keys, and verified with. */
public final class PublicKeys {
  private PublicKeys() {}

  /** How documents and entries write a key; empty for one that isn't of type {@code ed25519}. */
  public static Optional<PublicKey> of(VerifierKey key) {
    return key.type() == KeyType.ED25519
        ? Optional.of(PublicKey.of(key.publicKey()))
        : Optional.empty();
  }

  /**
   * The public half of a key that signs statements.
   *
   * @throws KeyFileException if it isn't of type {@code ed25519}
   */
  public static PublicKey of(SigningKey key) {
    if (key.type() != KeyType.ED25519) {
      throw new KeyFileException(
          "a key of type %s can't sign statements: give one of type ed25519"
              .formatted(key.type().written()));
    }
    return PublicKey.of(key.publicKey());
  }

  /**
   * Whether {@code signature} is the key's over {@code message} (RFC 8032 section 5.1.7). Points of
   * small order, for which one signature fits many messages, verify nothing: Bouncy Castle refuses
   * them, and a test holds it to that.
   */
  static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    return Algorithm.ED25519.verifies(key.bytes(), message, signature);
  }
}
