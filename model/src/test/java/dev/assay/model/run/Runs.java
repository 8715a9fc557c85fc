package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Runs for tests. */
final class Runs {
  static final Source SOURCE = new Source("test", "memory");

  private Runs() {}

  /** The run of the vector in docs/formats/run.md. */
  static Run vector() {
    RunBuilder run =
        new RunBuilder(SOURCE, "r-1")
            .name("first \"ü\" 😀")
            .experiment("digits")
            .status(RunStatus.FINISHED)
            .started(Instant.parse("2026-01-31T12:00:00Z"))
            .ended(Instant.parse("2026-01-31T12:00:01.123456Z"))
            .param("lr", "0.01")
            .tag("team", "vision")
            .dataset(new Dataset("digits", "abc", "training"))
            .artifact(new Artifact("model/b.bin", 9, Optional.empty()))
            .artifact(new Artifact("model/a.bin", 3, Optional.of(Sha256.of())))
            .code(new Code("abc123", "https://example.org/r", Optional.of(false)))
            .seed("42")
            .author("p-1")
            .parent("p-run")
            .problem("metrics.jsonl:9", "steps go backwards");
    run.metric("loss")
        .add(2, 1769860800500000L, 5e-324)
        .add(1, 1769860800000000L, 0.5)
        .add(1, 1769860800000000L, 0.5)
        .add(3, MetricSeries.NO_TIME, Double.NaN)
        .add(Long.MAX_VALUE, MetricSeries.NO_TIME, Double.NEGATIVE_INFINITY);
    return run.build();
  }

  static Arbitrary<Run> any() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of(RunStatus.values()),
            instants().optional(),
            texts().optional(),
            points().list().ofMaxSize(20),
            Combinators.combine(texts(), texts())
                .as((name, digest) -> new Dataset(name, digest, name))
                .list()
                .ofMaxSize(3),
            Arbitraries.of(true, false).optional())
        .as(Runs::build);
  }

  /** A point of one of two metrics. */
  record Point(boolean second, long step, long time, double value) {}

  private static Run build(
      String id,
      String text,
      RunStatus status,
      Optional<Instant> time,
      Optional<String> author,
      List<Point> points,
      List<Dataset> datasets,
      Optional<Boolean> dirty) {
    RunBuilder run =
        new RunBuilder(SOURCE, id)
            .name(text)
            .experiment(text)
            .status(status)
            .param(text, id)
            .tag(id, text)
            .artifact(new Artifact(text, id.length(), dirty.map(_ -> Sha256.of())))
            .code(new Code(text, id, dirty))
            .parent(id)
            .problem(id, text);
    time.ifPresent(run::started);
    author.ifPresent(run::author);
    datasets.forEach(run::dataset);
    points.forEach(
        point ->
            run.metric(point.second() ? "b" : text).add(point.step(), point.time(), point.value()));
    return run.build();
  }

  private static Arbitrary<Point> points() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.longs(),
            Arbitraries.oneOf(
                Arbitraries.just(MetricSeries.NO_TIME),
                Arbitraries.longs().between(-62_167_219_200_000_000L, 253_402_300_799_999_999L)),
            Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -0.0, 0.0)))
        .as(Point::new);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-62_167_219_200_000_000L, 253_402_300_799_999_999L)
        .map(Timestamps::instant);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0001', '\uD7FF')
        .ofMaxLength(12)
        .map(text -> text + (text.length() > 9 ? "😀" : ""));
  }
}
