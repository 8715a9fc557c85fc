package dev.assay.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An {@code assay worker} in a process of its own, seen through what it serves and logs. */
record ClusterWorker(CommandProcess process, Path home) implements AutoCloseable {
  private static final Pattern PLACE =
      Pattern.compile("metrics at [^0-9]{0,20}(127\\.0\\.0\\.1:[0-9]+)");

  /** Waits until it takes tasks. */
  ClusterWorker awaitReady() throws Exception {
    try {
      UpHome.await("a worker serves", () -> !process.isAlive() || !place().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(process.err(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError(process.err());
    }
    awaitStatus(200);
    return this;
  }

  void awaitStatus(int status) throws InterruptedException {
    UpHome.await(
        "%s/readyz is %d".formatted(place(), status), () -> get("/readyz").status() == status);
  }

  /**
   * What it answers.
   *
   * @param status 0 if it doesn't
   */
  record Answer(int status, String body) {}

  Answer get(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://%s%s".formatted(place(), path)))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "interrupted");
    }
  }

  /** The sum of a counter over its labels. */
  double counted(String metric) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** What it wrote to standard error. */
  List<String> log() throws IOException {
    return process.err().lines().toList();
  }

  private String place() {
    try {
      Matcher found = PLACE.matcher(process.err());
      return found.find() ? found.group(1) : "";
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
