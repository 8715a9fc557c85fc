package dev.assay.evidence;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A private key's seed as DER. Source: RFC 8410 section 7 (Ed25519), RFC 9881 section 6 (ML-DSA,
 * the form {@code seed}). Both are a constant and the seed, so any other DER is refused.
 */
final class Pkcs8 {
  /** Version 0, OID 1.3.101.112, OCTET STRING in OCTET STRING. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  /** Version 0, OID 2.16.840.1.101.3.4.3.17, [0] in OCTET STRING. */
  private static final byte[] ML_DSA_44 =
      HexFormat.of().parseHex("3034020100300b060960864801650304031104228020");

  private static final byte[] ML_DSA_44_OID = HexFormat.of().parseHex("0609608648016503040311");

  private Pkcs8() {}

  /** A key read from a file. */
  record Key(Algorithm algorithm, byte[] seed) {}

  static byte[] encode(Algorithm algorithm, byte[] seed) {
    byte[] prefix = prefix(algorithm);
    byte[] der = Arrays.copyOf(prefix, prefix.length + seed.length);
    System.arraycopy(seed, 0, der, prefix.length, seed.length);
    return der;
  }

  /**
   * @throws KeyFileException saying what was found; the message has no file yet
   */
  static Key decode(byte[] der) {
    for (Algorithm algorithm : Algorithm.values()) {
      byte[] prefix = prefix(algorithm);
      if (der.length == prefix.length + Algorithm.SEED_BYTES
          && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length)) {
        return new Key(algorithm, Arrays.copyOfRange(der, prefix.length, der.length));
      }
    }
    throw new KeyFileException(
        isMlDsa44(der)
            ? "holds an ML-DSA-44 key that isn't in the form 'seed' of RFC 9881: write it with -provparam ml-dsa.output_formats=seed-only of openssl pkey"
            : "holds no PKCS#8 of an Ed25519 (RFC 8410) or ML-DSA-44 (RFC 9881) key: restore it from its backup");
  }

  /** Where the algorithm stands: after a sequence of up to 4 length bytes and the version. */
  private static boolean isMlDsa44(byte[] der) {
    String head = HexFormat.of().formatHex(der, 0, Math.min(der.length, 32));
    return head.contains(HexFormat.of().formatHex(ML_DSA_44_OID));
  }

  private static byte[] prefix(Algorithm algorithm) {
    return switch (algorithm) {
      case ED25519 -> ED25519;
      case ML_DSA_44 -> ML_DSA_44;
    };
  }
}
