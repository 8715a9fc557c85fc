package dev.assay.evidence;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The two signature algorithms, as functions on bytes. Both sign deterministically: equal messages,
 * equal signatures. Ed25519 is Bouncy Castle's: 16,500 signatures a second where the JDK's does
 * 950. Its functions, not its {@code Signer}: to verify a class that passes a key to that, the JVM
 * would load an interface of a signed jar at the start of every command, and look at the jar's
 * signatures for 0.15 s. ML-DSA has no such functions, so it is behind {@link MlDsa44}, a class
 * that is loaded when the first such key is used.
 */
enum Algorithm {
  ED25519("Ed25519", Ed25519.PUBLIC_KEY_SIZE, Ed25519.SIGNATURE_SIZE),
  ML_DSA_44("ML-DSA-44", 1_312, 2_420);

  /** Of both: RFC 8032 section 5.1.5, FIPS 204 algorithm 1. */
  static final int SEED_BYTES = 32;

  private final String written;
  private final int publicKeyBytes;
  private final int signatureBytes;

  Algorithm(String written, int publicKeyBytes, int signatureBytes) {
    this.written = written;
    this.publicKeyBytes = publicKeyBytes;
    this.signatureBytes = signatureBytes;
  }

  String written() {
    return written;
  }

  int publicKeyBytes() {
    return publicKeyBytes;
  }

  int signatureBytes() {
    return signatureBytes;
  }

  static byte[] newSeed() {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    return seed;
  }

  byte[] publicKey(byte[] seed) {
    return switch (this) {
      case ED25519 -> {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        yield publicKey;
      }
      case ML_DSA_44 -> MlDsa44.publicKey(seed);
    };
  }

  byte[] sign(byte[] seed, byte[] message) {
    return switch (this) {
      case ED25519 -> {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        yield signature;
      }
      case ML_DSA_44 -> MlDsa44.sign(seed, message);
    };
  }

  boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    return signature.length == signatureBytes
        && switch (this) {
          case ED25519 -> Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
          case ML_DSA_44 -> MlDsa44.verifies(publicKey, message, signature);
        };
  }
}
