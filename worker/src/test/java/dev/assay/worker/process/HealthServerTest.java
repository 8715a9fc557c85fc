package dev.assay.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.EngineException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness(List.of()));

  @Test
  void answers_metricsHealthAndReadiness() throws Exception {
    metrics.counter("assay_shards").increment(3);
    try (HealthServer server = HealthServer.start(ANY, metrics, readiness::get)) {
      assertThat(get(server, "/metrics").body()).contains("assay_shards_total 3.0");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
      readiness.set(new Readiness(List.of("the database doesn't answer", "nor the engine")));
      HttpResponse<String> notReady = get(server, "/readyz");
      assertThat(notReady.statusCode()).isEqualTo(503);
      assertThat(notReady.body()).isEqualTo("the database doesn't answer\nnor the engine\n");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void start_portTaken_saysWhatToDo() {
    try (HealthServer server = HealthServer.start(ANY, metrics, readiness::get)) {
      assertThatThrownBy(() -> HealthServer.start(server.address(), metrics, readiness::get))
          .isInstanceOf(EngineException.class)
          .hasMessageContainingAll("can't serve metrics at", "--metrics-address");
    }
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:%d%s".formatted(server.address().getPort(), path)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
