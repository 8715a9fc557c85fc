package dev.assay.worker.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.worker.engine.EngineException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Answers, over plain HTTP:
 *
 * <ul>
 *   <li>{@code /metrics}: Prometheus text format 0.0.4;
 *   <li>{@code /healthz}: 200 while the process lives;
 *   <li>{@code /readyz}: 200 if it can do its work, else 503 with the reasons, a line each.
 * </ul>
 *
 * No secrets and no run's data, but it says what this process does: keep it on loopback.
 */
final class HealthServer implements AutoCloseable {
  private static final int BACKLOG = 16;

  private final HttpServer server;
  private final ExecutorService threads;

  private HealthServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to answer.
   *
   * @param address where; port 0 for a free one
   * @throws EngineException if nobody can listen there
   */
  static HealthServer start(
      InetSocketAddress address, PrometheusMeterRegistry metrics, Supplier<Readiness> readiness) {
    HttpServer server;
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new EngineException(
          "can't serve metrics at %s: %s; name another place with --metrics-address"
              .formatted(address, e.getMessage()),
          e);
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.scrape()));
    server.createContext("/healthz", exchange -> answer(exchange, 200, "alive\n"));
    server.createContext(
        "/readyz",
        exchange -> {
          Readiness now = readiness.get();
          answer(exchange, now.ready() ? 200 : 503, now.text());
        });
    server.start();
    return new HealthServer(server, threads);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
