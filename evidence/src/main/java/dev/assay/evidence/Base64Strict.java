package dev.assay.evidence;

import java.util.Base64;

/** Base64 (RFC 4648 section 4) with padding, in its one canonical form: equal bytes, equal text. */
final class Base64Strict {
  private Base64Strict() {}

  static byte[] decode(String text, String where) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new NoteException("%s: not base64 (%s)".formatted(where, e.getMessage()));
    }
    if (!Base64.getEncoder().encodeToString(decoded).equals(text)) {
      throw new NoteException(
          "%s: base64 with loose bits or without padding; expected the canonical form"
              .formatted(where));
    }
    return decoded;
  }
}
