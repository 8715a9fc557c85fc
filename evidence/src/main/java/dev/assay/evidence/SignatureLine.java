package dev.assay.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One signature of a note: {@code — name base64(keyId ‖ signature)}. Lines of unknown keys and
 * types are kept as they are.
 *
 * @param name the signer's name
 * @param encoded base64 of the 4-byte key id and the signature
 */
public record SignatureLine(String name, String encoded) {
  public SignatureLine {
    KeyName.require(name);
    if (Base64Strict.decode(encoded, "signature of " + name).length < 5) {
      throw new NoteException(
          "signature of %s: expected a 4-byte key id and a signature, found fewer than 5 bytes"
              .formatted(name));
    }
  }

  /** The signer's key id. */
  public int keyId() {
    return ByteBuffer.wrap(raw()).getInt();
  }

  byte[] signature() {
    byte[] raw = raw();
    return Arrays.copyOfRange(raw, 4, raw.length);
  }

  private byte[] raw() {
    return Base64Strict.decode(encoded, "signature of " + name);
  }
}
