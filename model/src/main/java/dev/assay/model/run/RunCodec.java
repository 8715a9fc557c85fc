package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The digest form of a run: canonical JSON without {@code source}, doubles as the 16 hex digits of
 * their bits. Its SHA-256 is the run digest, so anybody who has it can check a revision with {@code
 * sha256sum}; the registry keeps {@link RunColumns}, of which it is made again. docs/formats/run.md
 * has the form and vectors.
 */
public final class RunCodec {
  // A run has thousands of points, and all that differs between two is a few digits.
  private static final byte[] FIRST_POINT = ascii("{\"step\":");
  private static final byte[] NEXT_POINT = ascii("},{\"step\":");

  private RunCodec() {}

  /** A run's digest form with its digest. */
  public record EncodedRun(Sha256 digest, byte[] bytes) {}

  /** Encodes and digests. */
  public static EncodedRun encode(Run run) {
    byte[] bytes = digestForm(run);
    return new EncodedRun(Sha256.of(bytes), bytes);
  }

  /** The digest form; members in ascending order, optional ones only if present. */
  static byte[] digestForm(Run run) {
    int points = run.metrics().values().stream().mapToInt(MetricSeries::size).sum();
    return form(run, 76 * points, RunCodec::points);
  }

  /** The digest form, or one that has something else in the place of a series' points. */
  static byte[] form(
      Run run, int seriesBytes, BiConsumer<CanonicalWriter, MetricSeries> seriesWriter) {
    int sizeHint = 512 + seriesBytes + 64 * (run.params().size() + run.tags().size());
    CanonicalWriter out = new CanonicalWriter(sizeHint).beginObject();
    artifacts(out, run);
    text(out, "author", run.author());
    run.code().ifPresent(code -> code(out, code));
    datasets(out, run);
    time(out, "ended", run.ended());
    out.key("experiment").value(run.experiment()).key("id").value(run.id());
    out.key("metrics").beginObject();
    run.metrics().forEach((name, series) -> seriesWriter.accept(out.key(name), series));
    out.endObject();
    out.key("name").value(run.name());
    map(out, "params", run.params());
    strings(out, "parents", run.parents());
    problems(out, run);
    text(out, "seed", run.seed());
    time(out, "started", run.started());
    out.key("status").value(run.status().name());
    map(out, "tags", run.tags());
    return out.endObject().toByteArray();
  }

  private static void artifacts(CanonicalWriter out, Run run) {
    out.key("artifacts").beginArray();
    for (Artifact artifact : run.artifacts()) {
      out.beginObject().key("path").value(artifact.path());
      artifact.sha256().ifPresent(digest -> out.key("sha256").value(digest.hex()));
      out.key("size").integer(artifact.size()).endObject();
    }
    out.endArray();
  }

  private static void code(CanonicalWriter out, Code code) {
    out.key("code").beginObject().key("commit").value(code.commit());
    code.dirty().ifPresent(dirty -> out.key("dirty").value(dirty));
    out.key("repository").value(code.repository()).endObject();
  }

  private static void datasets(CanonicalWriter out, Run run) {
    out.key("datasets").beginArray();
    for (Dataset dataset : run.datasets()) {
      out.beginObject()
          .key("context")
          .value(dataset.context())
          .key("digest")
          .value(dataset.digest())
          .key("name")
          .value(dataset.name())
          .endObject();
    }
    out.endArray();
  }

  private static void points(CanonicalWriter out, MetricSeries series) {
    BetweenStepAndValue between = new BetweenStepAndValue();
    out.beginArray().fragment(FIRST_POINT, FIRST_POINT.length);
    for (int i = 0; i < series.size(); i++) {
      if (i > 0) {
        out.fragment(NEXT_POINT, NEXT_POINT.length);
      }
      if (i == 0 || series.timeMicros(i) != series.timeMicros(i - 1)) {
        between.of(series.timeMicros(i));
      }
      out.integer(series.step(i)).fragment(between.json, between.length).bits(series.value(i));
    }
    out.endObject().endArray();
  }

  /** The time's member, if there is one, and the value's key; many points share their time. */
  private static final class BetweenStepAndValue {
    private static final byte[] TIME_KEY = ascii(",\"time\":\"");
    private static final byte[] VALUE_KEY = ascii("\",\"value\":");

    private final byte[] time = new byte[Timestamps.MAX_LENGTH];
    private final byte[] json = new byte[TIME_KEY.length + time.length + VALUE_KEY.length];
    private int length;

    void of(long micros) {
      length = 0;
      if (micros == MetricSeries.NO_TIME) {
        append(VALUE_KEY, 1, VALUE_KEY.length - 1); // without the quote that ends a time
      } else {
        append(TIME_KEY, 0, TIME_KEY.length);
        append(time, 0, Timestamps.format(micros, time));
        append(VALUE_KEY, 0, VALUE_KEY.length);
      }
    }

    private void append(byte[] from, int at, int count) {
      System.arraycopy(from, at, json, length, count);
      length += count;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void problems(CanonicalWriter out, Run run) {
    out.key("problems").beginArray();
    for (Problem problem : run.problems()) {
      out.beginObject()
          .key("what")
          .value(problem.what())
          .key("where")
          .value(problem.where())
          .endObject();
    }
    out.endArray();
  }

  private static void map(CanonicalWriter out, String key, Map<String, String> map) {
    out.key(key).beginObject();
    map.forEach((name, value) -> out.key(name).value(value));
    out.endObject();
  }

  private static void strings(CanonicalWriter out, String key, Collection<String> items) {
    out.key(key).beginArray();
    items.forEach(out::value);
    out.endArray();
  }

  private static void text(CanonicalWriter out, String key, Optional<String> value) {
    value.ifPresent(text -> out.key(key).value(text));
  }

  private static void time(CanonicalWriter out, String key, Optional<Instant> value) {
    value.ifPresent(time -> out.key(key).value(Timestamps.format(Timestamps.micros(time))));
  }
}
