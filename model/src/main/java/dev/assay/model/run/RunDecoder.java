package dev.assay.model.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run back from its digest form. Strict: what {@link RunCodec} doesn't write is refused.
 * Not safe for use by several threads.
 */
public final class RunDecoder {
  /** A point's object stands five deep; the rest is for what is refused. */
  private static final int MAX_DEPTH = 8;

  private final JsonParser parser;
  private final RunBuilder run;

  /** The last key of each object that is open, by depth; null before its first key. */
  private final @Nullable String[] lastKeys = new @Nullable String[MAX_DEPTH];

  private boolean identified;

  private RunDecoder(JsonParser parser, RunBuilder run) {
    this.parser = parser;
    this.run = run;
  }

  /**
   * The run.
   *
   * @param digestForm what {@link RunCodec#encode} wrote; the caller has checked its digest
   * @param source where the revision was read; kept beside it, because it isn't digested
   * @throws JsonException if the bytes are not a digest form
   */
  public static Run decode(byte[] digestForm, Source source) {
    try (JsonParser parser = JsonReader.TRUSTED.createParser(digestForm)) {
      RunDecoder decoder = new RunDecoder(parser, new RunBuilder(source, ""));
      decoder.run();
      if (parser.nextToken() != null) {
        throw new JsonException("not a run's digest form: something follows it");
      }
      if (!decoder.identified) {
        throw new JsonException("not a run's digest form: it has no id");
      }
      return decoder.run.build();
    } catch (IOException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new JsonException("not a run's digest form: " + e.getMessage(), e);
    }
  }

  private void run() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (nextKey()) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "artifacts" -> items(this::artifact);
        case "author" -> run.author(string());
        case "code" -> code();
        case "datasets" -> items(this::dataset);
        case "ended" -> run.ended(Timestamps.instant(Timestamps.parse(string())));
        case "experiment" -> run.experiment(string());
        case "id" -> {
          run.id(string());
          identified = true;
        }
        case "metrics" -> metrics();
        case "name" -> run.name(string());
        case "params" -> texts(run::param);
        case "parents" -> items(() -> run.parent(string()));
        case "problems" -> items(this::problem);
        case "seed" -> run.seed(string());
        case "started" -> run.started(Timestamps.instant(Timestamps.parse(string())));
        case "status" -> run.status(RunStatus.valueOf(string()));
        case "tags" -> texts(run::tag);
        default -> throw unknown(key);
      }
    }
  }

  private void artifact() throws IOException {
    String path = "";
    long size = 0;
    Optional<Sha256> digest = Optional.empty();
    while (nextKey()) {
      switch (parser.currentName()) {
        case "path" -> path = nextString();
        case "sha256" -> digest = Optional.of(new Sha256(nextString()));
        case "size" -> size = nextLong();
        default -> throw unknown(parser.currentName());
      }
    }
    run.artifact(new Artifact(path, size, digest));
  }

  private void code() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
    String commit = "";
    String repository = "";
    Optional<Boolean> dirty = Optional.empty();
    while (nextKey()) {
      switch (parser.currentName()) {
        case "commit" -> commit = nextString();
        case "dirty" -> dirty = Optional.of(parser.nextToken() == JsonToken.VALUE_TRUE);
        case "repository" -> repository = nextString();
        default -> throw unknown(parser.currentName());
      }
    }
    run.code(new Code(commit, repository, dirty));
  }

  private void dataset() throws IOException {
    String context = "";
    String digest = "";
    String name = "";
    while (nextKey()) {
      switch (parser.currentName()) {
        case "context" -> context = nextString();
        case "digest" -> digest = nextString();
        case "name" -> name = nextString();
        default -> throw unknown(parser.currentName());
      }
    }
    run.dataset(new Dataset(name, digest, context));
  }

  private void problem() throws IOException {
    String what = "";
    String where = "";
    while (nextKey()) {
      switch (parser.currentName()) {
        case "what" -> what = nextString();
        case "where" -> where = nextString();
        default -> throw unknown(parser.currentName());
      }
    }
    run.problem(where, what);
  }

  private void metrics() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
    while (nextKey()) {
      MetricSeries.Builder series = run.metric(parser.currentName());
      parser.nextToken();
      items(() -> point(series));
    }
  }

  private void point(MetricSeries.Builder series) throws IOException {
    long step = 0;
    long time = MetricSeries.NO_TIME;
    double value = 0;
    while (nextKey()) {
      switch (parser.currentName()) {
        case "step" -> step = nextLong();
        case "time" -> time = Timestamps.parse(nextString());
        case "value" ->
            value = Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(nextString()));
        default -> throw unknown(parser.currentName());
      }
    }
    series.add(step, time, value);
  }

  private void texts(BiConsumer<String, String> sink) throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
    while (nextKey()) {
      sink.accept(parser.currentName(), nextString());
    }
  }

  private interface Item {
    void read() throws IOException;
  }

  private void items(Item item) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item.read();
    }
  }

  private boolean nextKey() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      lastKeys[parser.getParsingContext().getNestingDepth() + 1] = null;
      return false;
    }
    expect(parser.currentToken(), JsonToken.FIELD_NAME);
    requireAscending(parser.currentName());
    return true;
  }

  /** Canonical JSON has its keys in ascending order, so none is there twice. */
  private void requireAscending(String key) {
    int depth = parser.getParsingContext().getNestingDepth();
    String last = lastKeys[depth];
    if (last != null && last.compareTo(key) >= 0) {
      throw new JsonException("not a run's digest form: key '%s' after '%s'".formatted(key, last));
    }
    lastKeys[depth] = key;
  }

  private String nextString() throws IOException {
    parser.nextToken();
    return string();
  }

  /** An integer, as a number or, beyond 2^53 − 1, as a string of digits. */
  private long nextLong() throws IOException {
    return parser.nextToken() == JsonToken.VALUE_STRING
        ? Long.parseLong(parser.getText())
        : parser.getLongValue();
  }

  private String string() throws IOException {
    return string(parser);
  }

  private static String string(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static void expect(JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw new JsonException(
          "not a run's digest form: found %s where %s was expected".formatted(found, expected));
    }
  }

  private static JsonException unknown(String key) {
    return new JsonException("not a run's digest form: unknown key '%s'".formatted(key));
  }
}
