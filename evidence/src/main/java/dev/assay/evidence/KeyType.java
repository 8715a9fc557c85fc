package dev.assay.evidence;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a key signs, and with which algorithm. Source: c2sp.org/signed-note, "Signature types", and
 * c2sp.org/tlog-cosignature.
 */
public enum KeyType {
  /** Type 01: Ed25519 (RFC 8032) over a note's text. */
  ED25519(1, "ed25519", Algorithm.ED25519, 0),
  /** Type 04: Ed25519 over a checkpoint and a time: {@code cosignature/v1}. */
  ED25519_COSIGNATURE(4, "ed25519-cosignature", Algorithm.ED25519, 8),
  /** Type 06: ML-DSA-44 (FIPS 204) over a checkpoint and a time: {@code subtree/v1}. */
  ML_DSA_44(6, "ml-dsa-44", Algorithm.ML_DSA_44, 8);

  private final byte number;
  private final String written;
  private final Algorithm algorithm;
  private final int timeBytes;

  KeyType(int number, String written, Algorithm algorithm, int timeBytes) {
    this.number = (byte) number;
    this.written = written;
    this.algorithm = algorithm;
    this.timeBytes = timeBytes;
  }

  /** As commands write it: {@code ml-dsa-44}. */
  public String written() {
    return written;
  }

  /** What {@link #written} gives, turned back; empty for anything else. */
  public static Optional<KeyType> ofWritten(String written) {
    return Arrays.stream(values()).filter(type -> type.written.equals(written)).findFirst();
  }

  /** All of {@link #written}, with commas between. */
  public static String choices() {
    return Arrays.stream(values()).map(KeyType::written).collect(Collectors.joining(", "));
  }

  static Optional<KeyType> ofNumber(byte number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  byte number() {
    return number;
  }

  Algorithm algorithm() {
    return algorithm;
  }

  /** Whether a signature says when it was made. */
  public boolean timed() {
    return timeBytes > 0;
  }

  /** Length of what follows the key id in a signature line: time, if any, and signature. */
  int signatureBytes() {
    return timeBytes + algorithm.signatureBytes();
  }
}
