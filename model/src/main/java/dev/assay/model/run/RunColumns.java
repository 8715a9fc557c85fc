package dev.assay.model.run;

import dev.assay.model.bytes.Varints;
import dev.assay.model.json.JsonException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A run in few bytes, quick to write and to read: its digest form with the number of points in each
 * series' place, the outline, and behind it the points as columns. It holds all that the digest
 * form holds: {@link RunCodec#encode} of what is read shows whether it is the run of a digest.
 * docs/formats/run.md has the layout and a vector.
 */
public final class RunColumns {
  private RunColumns() {}

  /** Writes a run. */
  public static byte[] pack(Run run) {
    byte[] outline = RunCodec.form(run, 0, (out, series) -> out.integer(series.size()));
    long points = 0;
    for (MetricSeries series : run.metrics().values()) {
      points += series.size();
    }
    long most = Integer.BYTES + outline.length + points * (2 * Varints.MOST_BYTES + Double.BYTES);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(most));
    out.putInt(outline.length).put(outline);
    run.metrics().values().forEach(series -> write(out, series));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void write(ByteBuffer out, MetricSeries series) {
    long last = 0;
    for (int i = 0; i < series.size(); i++) {
      Varints.write(out, series.step(i) - last);
      last = series.step(i);
    }
    last = 0;
    for (int i = 0; i < series.size(); i++) {
      Varints.write(out, series.timeMicros(i) - last);
      last = series.timeMicros(i);
    }
    for (int i = 0; i < series.size(); i++) {
      out.putDouble(series.value(i));
    }
  }

  /**
   * Reads a run.
   *
   * @param packed what {@link #pack} wrote; whether it is the run of a digest, the caller checks
   * @param source where the revision was read; kept beside it, because it isn't digested
   * @throws JsonException if the bytes hold no run
   */
  public static Run unpack(byte[] packed, Source source) {
    try {
      ByteBuffer in = ByteBuffer.wrap(packed);
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new JsonException(
            "not a run in columns: an outline of %d bytes in %d".formatted(length, packed.length));
      }
      byte[] outline = new byte[length];
      in.get(outline);
      Run run = OutlineReader.read(outline, source, (points, series) -> read(in, points, series));
      if (in.hasRemaining()) {
        throw new JsonException(
            "not a run in columns: %d bytes follow the last series".formatted(in.remaining()));
      }
      return run;
    } catch (BufferUnderflowException e) {
      throw new JsonException("not a run in columns: it ends too early", e);
    }
  }

  private static void read(ByteBuffer in, long points, MetricSeries.Builder series) {
    if (points < 1 || points > in.remaining() / (2 + Double.BYTES)) {
      throw new JsonException(
          "a series of %d points in %d bytes".formatted(points, in.remaining()));
    }
    long[] steps = sums(in, (int) points);
    long[] times = sums(in, (int) points);
    for (int i = 0; i < steps.length; i++) {
      series.add(steps[i], times[i], in.getDouble());
    }
  }

  private static long[] sums(ByteBuffer in, int count) {
    long[] sums = new long[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Varints.read(in);
      sums[i] = sum;
    }
    return sums;
  }
}
