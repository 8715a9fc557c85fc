package dev.assay.evidence;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signs notes with a key under a name. Safe for use by several threads. */
public final class NoteSigner {
  private final SigningKey key;
  private final VerifierKey verifierKey;

  NoteSigner(String name, SigningKey key) {
    this.key = key;
    this.verifierKey = new VerifierKey(name, key.type(), key.publicKey());
  }

  /** What verifies this signer's notes. */
  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /**
   * The text with one signature.
   *
   * @throws NoteException if the text doesn't end with a newline or has control characters
   * @throws IllegalStateException if this key cosigns: its signature needs a time
   */
  public SignedNote sign(String text) {
    if (verifierKey.type().timed()) {
      throw new IllegalStateException(verifierKey.type() + " signs checkpoints at a time: cosign");
    }
    return new SignedNote(SignedNote.requireText(text), List.of(line(text, 0)));
  }

  /**
   * The note with one signature more.
   *
   * @param at when it is signed, cut to whole seconds; no part of it for {@link KeyType#ED25519}
   * @throws NoteException if a cosigner is to sign what is no checkpoint
   */
  public SignedNote cosign(SignedNote note, Instant at) {
    List<SignatureLine> lines = new ArrayList<>(note.signatures());
    lines.add(line(note.text(), at.getEpochSecond()));
    return new SignedNote(note.text(), lines);
  }

  private SignatureLine line(String text, long seconds) {
    KeyType type = verifierKey.type();
    if (seconds < 0) {
      throw new IllegalArgumentException("time %d is before 1970".formatted(seconds));
    }
    byte[] signature = key.sign(SignedBytes.of(type, verifierKey.name(), text, seconds));
    ByteBuffer line = ByteBuffer.allocate(4 + type.signatureBytes()).putInt(verifierKey.keyId());
    if (type.timed()) {
      line.putLong(seconds);
    }
    line.put(signature);
    return new SignatureLine(verifierKey.name(), Base64.getEncoder().encodeToString(line.array()));
  }
}
