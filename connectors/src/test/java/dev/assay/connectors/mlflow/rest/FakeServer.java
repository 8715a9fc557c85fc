package dev.assay.connectors.mlflow.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.connectors.ImportReport;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A server on loopback that answers as recorded, or as a test says. */
final class FakeServer implements AutoCloseable {
  static final Path RECORDED = Path.of("src", "test", "resources", "mlflow", "rest");
  static final Patience HASTY =
      new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Reply> recorded = new HashMap<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  record Reply(int status, byte[] body, Map<String, String> headers) {
    static Reply of(int status, String body) {
      return new Reply(status, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Reply with(String header, String value) {
      return new Reply(status, body, Map.of(header, value));
    }
  }

  /** A request: the line as in the recording, and the header that may hold a secret. */
  record Request(String line, Optional<String> authorization) {}

  interface Answer {
    /** The reply; empty to let the next rule or the recording answer. */
    Optional<Reply> to(String line) throws IOException;
  }

  private record Rule(String part, Answer answer) {}

  private FakeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** One that knows nothing. */
  static FakeServer empty() throws IOException {
    return new FakeServer();
  }

  /** One that answers as recorded. */
  static FakeServer recorded() throws IOException {
    FakeServer fake = new FakeServer();
    for (String line : Files.readAllLines(RECORDED.resolve("replies.jsonl"))) {
      JsonObject reply = (JsonObject) JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
      fake.recorded.put(
          ((JsonString) reply.members().get("request")).value(),
          Reply.of(
              (int) ((JsonNumber) reply.members().get("status")).value(),
              ((JsonString) reply.members().get("body")).value()));
    }
    return fake;
  }

  /** Requests whose line holds {@code part} are answered so; the rule given last goes first. */
  FakeServer when(String part, Answer answer) {
    rules.addFirst(new Rule(part, answer));
    return this;
  }

  FakeServer when(String part, int status, String body) {
    return when(part, _ -> Optional.of(Reply.of(status, body)));
  }

  /** As recorded with {@code from} replaced. */
  FakeServer changed(String part, String from, String to) {
    return when(
        part,
        line ->
            Optional.ofNullable(recorded.get(line))
                .map(
                    reply ->
                        Reply.of(
                            reply.status(),
                            new String(reply.body(), StandardCharsets.UTF_8).replace(from, to))));
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  ServerAddress address() {
    try {
      return ServerAddress.parse(uri());
    } catch (RecordException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads all runs, one after the other. */
  Read read() throws RecordException {
    return read(ServerAccess.none(), false);
  }

  Read read(ServerAccess access, boolean digests) throws RecordException {
    try (MlflowServer store =
        MlflowServer.open(address(), access, HASTY, Optional.empty(), digests)) {
      List<ReadRun> runs = new ArrayList<>();
      long deleted = 0;
      for (Iterator<RunTask> tasks = store.tasks(); tasks.hasNext(); ) {
        TaskResult result = tasks.next().read();
        runs.addAll(result.runs());
        deleted += result.deleted();
      }
      return new Read(runs, deleted);
    }
  }

  /** What was read; {@code deleted} as in {@link ImportReport}. */
  record Read(List<ReadRun> runs, long deleted) {
    Run run(String prefix) {
      return read(prefix).run();
    }

    ReadRun read(String prefix) {
      return runs.stream()
          .filter(read -> read.run().id().startsWith(prefix))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no run " + prefix));
    }

    List<String> problems(String prefix) {
      return run(prefix).problems().stream()
          .map(problem -> problem.where() + ": " + problem.what())
          .toList();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      String sorted = Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
      String line =
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI().getRawPath()
              + (sorted.isEmpty() ? "" : "?" + sorted)
              + (body.length == 0 ? "" : " " + new String(body, StandardCharsets.UTF_8));
      requests.add(
          new Request(
              line, Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
      Reply reply = answer(line);
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
      if (reply.body().length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  private Reply answer(String line) throws IOException {
    for (Rule rule : rules) {
      Optional<Reply> reply =
          line.contains(rule.part()) ? rule.answer().to(line) : Optional.empty();
      if (reply.isPresent()) {
        return reply.get();
      }
    }
    return Optional.ofNullable(recorded.get(line))
        .orElseGet(() -> Reply.of(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}"));
  }

  static String recording(String name) {
    try {
      return Files.readString(RECORDED.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
