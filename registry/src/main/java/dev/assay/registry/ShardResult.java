package dev.assay.registry;

import dev.assay.model.digest.Sha256;

/**
 * A shard's result as its worker signed it.
 *
 * @param from first plan ordinal
 * @param to ordinal after the last
 * @param digest what was signed, with workflow, plan and shard
 * @param signature at most 16 KiB
 * @param keyId which key
 */
public record ShardResult(int from, int to, Sha256 digest, byte[] signature, String keyId) {
  static final int MAX_SIGNATURE_BYTES = 16 << 10;

  public ShardResult {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "a shard is 0 <= from < to, got [%d, %d)".formatted(from, to));
    }
    Bounds.atMost("bytes of a signature", signature.length, MAX_SIGNATURE_BYTES);
  }
}
