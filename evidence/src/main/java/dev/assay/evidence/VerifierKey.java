package dev.assay.evidence;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key with a name, written as a vkey: {@code name+keyId+base64(type ‖ key)}. Source:
 * c2sp.org/signed-note, "Verifier keys".
 */
public final class VerifierKey {
  /** Longest vkey: a name of 256 characters and an ML-DSA-44 key. */
  public static final int MAX_BYTES = 4_096;

  private final String name;
  private final KeyType type;
  private final int keyId;
  private final byte[] publicKey;

  VerifierKey(String name, KeyType type, byte[] publicKey) {
    this.name = KeyName.require(name);
    this.type = type;
    this.publicKey = publicKey.clone();
    this.keyId = KeyName.keyId(name, type.number(), publicKey);
  }

  /**
   * Reads a vkey.
   *
   * @throws NoteException if the text isn't a vkey of a {@link KeyType}, or its id doesn't fit its
   *     key
   */
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (vkey.length() > MAX_BYTES || parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new NoteException(
          "not a verifier key: expected name+8 hex digits+base64, found %d characters"
              .formatted(vkey.length()));
    }
    byte[] typed = Base64Strict.decode(parts[2], "verifier key of " + KeyName.require(parts[0]));
    Optional<KeyType> type = typed.length == 0 ? Optional.empty() : KeyType.ofNumber(typed[0]);
    if (type.filter(t -> typed.length == 1 + t.algorithm().publicKeyBytes()).isEmpty()) {
      throw new NoteException(
          "verifier key of %s: expected type 01 or 04 and 32 bytes (Ed25519), or type 06 and 1312 bytes (ML-DSA-44), found %s"
              .formatted(
                  parts[0],
                  typed.length == 0
                      ? "nothing"
                      : "type %02x and %d bytes".formatted(typed[0], typed.length - 1)));
    }
    VerifierKey key =
        new VerifierKey(parts[0], type.orElseThrow(), Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.idHex().equals(parts[1])) {
      throw new NoteException(
          "verifier key of %s: its id is %s, the text says %s; copy it again from its owner"
              .formatted(parts[0], key.idHex(), parts[1]));
    }
    return key;
  }

  /** The key's name; for a ledger's key its origin. */
  public String name() {
    return name;
  }

  /** What it signs, and how. */
  public KeyType type() {
    return type;
  }

  /** First four bytes of SHA-256(name ‖ 0A ‖ type ‖ public key), big-endian. */
  public int keyId() {
    return keyId;
  }

  /** The bytes of the algorithm. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** {@link #keyId} as 8 hex digits. */
  public String idHex() {
    return HexFormat.of().toHexDigits(keyId);
  }

  /**
   * When a cosignature says it was made; {@link Instant#EPOCH} for a signature without a time.
   * Empty if the signature is not this key's over the text.
   */
  Optional<Instant> verify(String text, byte[] signature) {
    if (signature.length != type.signatureBytes()) {
      return Optional.empty();
    }
    long seconds = type.timed() ? ByteBuffer.wrap(signature).getLong() : 0;
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      return Optional.empty();
    }
    byte[] bare =
        Arrays.copyOfRange(
            signature, signature.length - type.algorithm().signatureBytes(), signature.length);
    byte[] message;
    try {
      message = SignedBytes.of(type, name, text, seconds);
    } catch (NoteException e) {
      return Optional.empty(); // no checkpoint, so nothing that such a key signs
    }
    return type.algorithm().verifies(publicKey, message, bare)
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && type == that.type
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  /** The vkey. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + publicKey.length];
    typed[0] = type.number();
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed);
  }
}
