package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalReader;
import dev.assay.model.json.CanonicalWriter.Member;
import dev.assay.model.json.JsonException;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads a run's outline: its digest form with the number of points in each series' place. Strict:
 * what {@link RunColumns} doesn't write is refused. Not safe for use by several threads.
 */
final class OutlineReader {
  private static final Member COMMIT = Member.of("commit");
  private static final Member CONTEXT = Member.of("context");
  private static final Member DIGEST = Member.of("digest");
  private static final Member DIRTY = Member.of("dirty");
  private static final Member NAME = Member.of("name");
  private static final Member PATH = Member.of("path");
  private static final Member REPOSITORY = Member.of("repository");
  private static final Member SHA256 = Member.of("sha256");
  private static final Member SIZE = Member.of("size");
  private static final Member WHAT = Member.of("what");
  private static final Member WHERE = Member.of("where");

  private final CanonicalReader in;
  private final RunBuilder run;
  private final SeriesReader series;
  private boolean identified;

  private OutlineReader(CanonicalReader in, RunBuilder run, SeriesReader series) {
    this.in = in;
    this.run = run;
    this.series = series;
  }

  /** Fills a series of which the outline has the number of points. Called in order of the names. */
  interface SeriesReader {
    void read(long points, MetricSeries.Builder series);
  }

  /**
   * The run.
   *
   * @throws JsonException if the bytes are not an outline
   */
  static Run read(byte[] outline, Source source, SeriesReader series) {
    try {
      CanonicalReader in = new CanonicalReader(outline);
      OutlineReader reader = new OutlineReader(in, new RunBuilder(source, ""), series);
      reader.members(reader::member);
      in.end();
      if (!reader.identified) {
        throw new JsonException("it has no id");
      }
      return reader.run.build();
    } catch (JsonException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new JsonException("not a run in columns: " + e.getMessage(), e);
    }
  }

  private void member(String key) {
    switch (key) {
      case "artifacts" -> items(this::artifact);
      case "author" -> run.author(in.string());
      case "code" -> code();
      case "datasets" -> items(this::dataset);
      case "ended" -> run.ended(Timestamps.instant(Timestamps.parse(in.string())));
      case "experiment" -> run.experiment(in.string());
      case "id" -> {
        run.id(in.string());
        identified = true;
      }
      case "metrics" -> members(name -> series.read(in.integer(), run.metric(name)));
      case "name" -> run.name(in.string());
      case "params" -> texts(run::param);
      case "parents" -> items(() -> run.parent(in.string()));
      case "problems" -> items(this::problem);
      case "seed" -> run.seed(in.string());
      case "started" -> run.started(Timestamps.instant(Timestamps.parse(in.string())));
      case "status" -> run.status(RunStatus.valueOf(in.string()));
      case "tags" -> texts(run::tag);
      default -> throw new JsonException("unknown key '%s'".formatted(key));
    }
  }

  private void artifact() {
    in.beginObject();
    in.require(PATH);
    String path = in.string();
    Optional<Sha256> digest =
        in.member(SHA256) ? Optional.of(new Sha256(in.string())) : Optional.empty();
    in.require(SIZE);
    run.artifact(new Artifact(path, in.integer(), digest));
    in.endObject();
  }

  private void code() {
    in.beginObject();
    in.require(COMMIT);
    String commit = in.string();
    Optional<Boolean> dirty = in.member(DIRTY) ? Optional.of(in.bool()) : Optional.empty();
    in.require(REPOSITORY);
    run.code(new Code(commit, in.string(), dirty));
    in.endObject();
  }

  private void dataset() {
    in.beginObject();
    in.require(CONTEXT);
    String context = in.string();
    in.require(DIGEST);
    String digest = in.string();
    in.require(NAME);
    run.dataset(new Dataset(in.string(), digest, context));
    in.endObject();
  }

  private void problem() {
    in.beginObject();
    in.require(WHAT);
    String what = in.string();
    in.require(WHERE);
    run.problem(in.string(), what);
    in.endObject();
  }

  private void texts(BiConsumer<String, String> sink) {
    members(key -> sink.accept(key, in.string()));
  }

  private void items(Runnable item) {
    in.beginArray();
    while (in.moreItems()) {
      item.run();
    }
  }

  /** Canonical JSON has its keys in ascending order, so none is there twice. */
  private void members(Consumer<String> member) {
    in.beginObject();
    Optional<String> last = Optional.empty();
    while (in.moreMembers()) {
      String key = in.key();
      if (last.isPresent() && last.get().compareTo(key) >= 0) {
        throw new JsonException("key '%s' after '%s'".formatted(key, last.get()));
      }
      last = Optional.of(key);
      member.accept(key);
    }
  }
}
