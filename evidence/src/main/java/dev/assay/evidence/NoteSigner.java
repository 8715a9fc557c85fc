package dev.assay.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs notes with an Ed25519 key (RFC 8032) under a name. Bouncy Castle's implementation: 16,500
 * signatures a second where the JDK's does 950. Its functions on bytes, not its {@code Signer}: to
 * verify a class that passes a key to that, the JVM would load an interface of a signed jar at the
 * start of every command, and look at the jar's signatures for 0.15 s.
 */
public final class NoteSigner {
  private final byte[] seed;
  private final VerifierKey verifierKey;

  /**
   * @param seed the private key: 32 bytes
   */
  NoteSigner(String name, byte[] seed) {
    this.seed = seed.clone();
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
    this.verifierKey = new VerifierKey(name, publicKey);
  }

  /** What verifies this signer's notes. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /**
   * The text with one signature.
   *
   * @throws NoteException if the text doesn't end with a newline or has control characters
   */
  public SignedNote sign(String text) {
    byte[] message = SignedNote.requireText(text).getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    byte[] line = new byte[4 + signature.length];
    int id = verifierKey.keyId();
    for (int i = 0; i < 4; i++) {
      line[i] = (byte) (id >>> (24 - 8 * i));
    }
    System.arraycopy(signature, 0, line, 4, signature.length);
    return new SignedNote(
        text,
        List.of(new SignatureLine(verifierKey.name(), Base64.getEncoder().encodeToString(line))));
  }
}
