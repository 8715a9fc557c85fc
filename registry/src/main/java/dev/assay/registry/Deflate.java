package dev.assay.registry;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * zlib streams (RFC 1950) at level 1. Compressors are kept for reuse, at most 32 of each kind:
 * making one costs more than packing a run.
 */
final class Deflate {
  private static final int KEPT = 32;

  /**
   * No deflate stream expands more than 1032:1 (zlib's documentation), so a larger claim is false.
   */
  private static final long MAX_EXPANSION = 1_032;

  private static final ArrayBlockingQueue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(KEPT);
  private static final ArrayBlockingQueue<Inflater> INFLATERS = new ArrayBlockingQueue<>(KEPT);

  private Deflate() {}

  static byte[] pack(byte[] raw) {
    Deflater kept = DEFLATERS.poll();
    Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED) : kept;
    deflater.setInput(raw);
    deflater.finish();
    byte[] out = new byte[raw.length / 2 + 64];
    int size = 0;
    while (!deflater.finished()) {
      if (size == out.length) {
        out = Arrays.copyOf(out, out.length * 2);
      }
      size += deflater.deflate(out, size, out.length - size);
    }
    deflater.reset();
    if (!DEFLATERS.offer(deflater)) {
      deflater.end();
    }
    return Arrays.copyOf(out, size);
  }

  /**
   * Exactly {@code rawSize} bytes.
   *
   * @throws DataFormatException if the stream is broken, shorter or longer, or something follows it
   */
  static byte[] unpack(byte[] packed, int rawSize) throws DataFormatException {
    if (rawSize < 0 || rawSize > (packed.length + 1L) * MAX_EXPANSION) {
      throw new DataFormatException(
          "%d bytes can't hold the %d that the row names".formatted(packed.length, rawSize));
    }
    Inflater kept = INFLATERS.poll();
    Inflater inflater = kept == null ? new Inflater() : kept;
    try {
      inflater.setInput(packed);
      byte[] raw = new byte[rawSize];
      int size = 0;
      while (size < rawSize) {
        int more = inflater.inflate(raw, size, rawSize - size);
        if (more == 0) {
          throw new DataFormatException(
              "the stream ends after %d of %d bytes".formatted(size, rawSize));
        }
        size += more;
      }
      // The end marker and checksum come after the last byte: ask for one byte that must not be.
      if (inflater.inflate(new byte[1]) != 0
          || !inflater.finished()
          || inflater.getRemaining() > 0) {
        throw new DataFormatException("more than the %d bytes named".formatted(rawSize));
      }
      return raw;
    } finally {
      inflater.reset();
      if (!INFLATERS.offer(inflater)) {
        inflater.end();
      }
    }
  }
}
