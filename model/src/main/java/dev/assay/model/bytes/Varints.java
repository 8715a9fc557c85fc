package dev.assay.model.bytes;

import dev.assay.model.json.JsonException;
import java.nio.ByteBuffer;

/**
 * Integers of 64 bits in 1 to 10 bytes, small ones of either sign in few: zigzag varints as in
 * Protocol Buffers ("Encoding", sections Base 128 Varints and Signed Integers).
 */
public final class Varints {
  /** 64 bits, 7 a byte. */
  public static final int MOST_BYTES = 10;

  private Varints() {}

  /** Writes one. */
  public static void write(ByteBuffer out, long value) {
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7FL) != 0) {
      out.put((byte) (left | 0x80));
      left >>>= 7;
    }
    out.put((byte) left);
  }

  /**
   * Reads one.
   *
   * @throws JsonException if it is longer than {@link #MOST_BYTES}
   * @throws java.nio.BufferUnderflowException if it has no end
   */
  public static long read(ByteBuffer in) {
    long bits = 0;
    for (int shift = 0; shift < 7 * MOST_BYTES; shift += 7) {
      byte next = in.get();
      bits |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new JsonException("an integer of more than %d bytes".formatted(MOST_BYTES));
  }
}
