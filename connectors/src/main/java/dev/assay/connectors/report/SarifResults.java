package dev.assay.connectors.report;

import dev.assay.model.verdict.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/** Encoded results, the worst of them: there are at most as many as the limits say. */
final class SarifResults {
  private final SarifLimits limits;
  private final Map<Severity, Deque<byte[]>> kept = new EnumMap<>(Severity.class);
  private int size;
  private int cut;

  SarifResults(SarifLimits limits) {
    this.limits = limits;
    for (Severity severity : Severity.values()) {
      kept.put(severity, new ArrayDeque<>());
    }
  }

  void add(Severity severity, byte[] result) {
    of(severity).add(result);
    size++;
    if (size > limits.results()) {
      dropLeast();
    }
  }

  private void dropLeast() {
    for (Severity least : List.of(Severity.INFO, Severity.WARN, Severity.BLOCK)) {
      if (!of(least).isEmpty()) {
        of(least).removeLast();
        size--;
        cut++;
        return;
      }
    }
  }

  private Deque<byte[]> of(Severity severity) {
    return kept.getOrDefault(severity, new ArrayDeque<>());
  }

  /** The worst first, as many as fit when they are compressed. */
  List<byte[]> fitting() {
    List<byte[]> fitting = new ArrayList<>(size);
    Deflater deflater = new Deflater();
    byte[] sink = new byte[1 << 16];
    for (Severity severity : Severity.values()) {
      for (byte[] result : of(severity)) {
        deflater.setInput(result);
        while (!deflater.needsInput()) {
          deflater.deflate(sink);
        }
        // What the compressor still holds is less than its window.
        if (deflater.getBytesWritten() + sink.length <= limits.compressedBytes()) {
          fitting.add(result);
        }
      }
    }
    deflater.end();
    cut += size - fitting.size();
    size = fitting.size();
    return fitting;
  }

  /** How many didn't fit; known after {@link #fitting}. */
  int cut() {
    return cut;
  }
}
