package dev.assay.evidence;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public Ed25519 key with a name, written as a vkey: {@code name+keyId+base64(01 ‖ key)}. Source:
 * c2sp.org/signed-note, "Verifier keys".
 */
public final class VerifierKey {
  private final String name;
  private final int keyId;
  private final byte[] publicKey;

  VerifierKey(String name, byte[] publicKey) {
    this.name = KeyName.require(name);
    this.publicKey = publicKey.clone();
    this.keyId = KeyName.keyId(name, KeyName.TYPE_ED25519, publicKey);
  }

  /**
   * Reads a vkey.
   *
   * @throws NoteException if the text isn't a vkey of type 01, or its id doesn't fit its key
   */
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
      throw new NoteException(
          "not a verifier key: expected name+8 hex digits+base64, found %d characters"
              .formatted(vkey.length()));
    }
    byte[] typed = Base64Strict.decode(parts[2], "verifier key of " + KeyName.require(parts[0]));
    if (typed.length != 33 || typed[0] != KeyName.TYPE_ED25519) {
      throw new NoteException(
          "verifier key of %s: expected type 01 and 32 bytes (Ed25519), found %s"
              .formatted(
                  parts[0],
                  typed.length == 0
                      ? "nothing"
                      : "type %02x and %d bytes".formatted(typed[0], typed.length - 1)));
    }
    VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
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

  /** First four bytes of SHA-256(name ‖ 0A ‖ 01 ‖ public key), big-endian. */
  public int keyId() {
    return keyId;
  }

  /** Whether the signature over the message is this key's. */
  boolean verifies(byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }

  private String idHex() {
    return HexFormat.of().toHexDigits(keyId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && Arrays.equals(publicKey, that.publicKey);
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  /** The vkey. */
  @Override
  public String toString() {
    byte[] typed = new byte[33];
    typed[0] = KeyName.TYPE_ED25519;
    System.arraycopy(publicKey, 0, typed, 1, 32);
    return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed);
  }
}
