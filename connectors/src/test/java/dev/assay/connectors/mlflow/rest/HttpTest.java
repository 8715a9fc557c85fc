package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.mlflow.rest.FakeServer.Reply;
import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens on the line: who is told what, and how often. */
class HttpTest {
  private static final Map<String, String> TOKEN = Map.of("MLFLOW_TRACKING_TOKEN", "hidden");

  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.recorded();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void readAs(Map<String, String> environment) throws RecordException {
    server.read(ServerAccess.of(environment), true);
  }

  @Test
  void read_token_isSentAsBearerWithEachRequest() throws RecordException {
    readAs(TOKEN);
    assertThat(server.requests())
        .isNotEmpty()
        .allMatch(request -> request.authorization().equals(Optional.of("Bearer hidden")));
  }

  @Test
  void read_userAndPassword_goBeforeTheToken() throws RecordException {
    Map<String, String> all = new TreeMap<>(TOKEN);
    all.put("MLFLOW_TRACKING_USERNAME", "ann");
    all.put("MLFLOW_TRACKING_PASSWORD", "pass:wörd");
    readAs(all);
    String pair =
        Base64.getEncoder().encodeToString("ann:pass:wörd".getBytes(StandardCharsets.UTF_8));
    assertThat(server.requests().getFirst().authorization()).contains("Basic " + pair);
  }

  @Test
  void read_redirectToAnotherServer_isNotFollowed() throws IOException {
    try (FakeServer other = FakeServer.recorded()) {
      server.when(
          "experiments/search",
          _ -> Optional.of(Reply.of(307, "").with("Location", other.uri() + "/api/?t=secret")));
      assertThatThrownBy(() -> readAs(TOKEN))
          .isInstanceOf(ServerRefusalException.class)
          .hasMessageContaining("redirects to another server (307 to 'http://127.0.0.1')")
          .hasMessageNotContaining("secret");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void read_redirectOnTheSameServer_isFollowedWithBodyAndCredentials() throws RecordException {
    server.when(
        "/api/2.0/mlflow/experiments/search",
        line ->
            line.contains("/moved")
                ? Optional.of(Reply.of(200, "{}"))
                : Optional.of(
                    Reply.of(308, "")
                        .with("Location", "/moved/api/2.0/mlflow/experiments/search")));
    readAs(TOKEN);
    assertThat(server.requests())
        .filteredOn(request -> request.line().startsWith("POST /moved"))
        .singleElement()
        .matches(request -> request.line().contains("max_results"))
        .matches(request -> request.authorization().isPresent());
  }

  @Test
  void read_redirectsWithoutEnd_areRefused() {
    server.when(
        "experiments/search",
        _ -> Optional.of(Reply.of(302, "").with("Location", "/api/2.0/mlflow/experiments/search")));
    assertThatThrownBy(() -> readAs(TOKEN))
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("redirects without end");
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void read_tooManyRequests_triesAgain() throws RecordException {
    AtomicInteger left = new AtomicInteger(2);
    server.when(
        "runs/search",
        _ ->
            left.getAndDecrement() > 0
                ? Optional.of(Reply.of(429, "").with("Retry-After", "99999"))
                : Optional.empty());
    assertThat(server.read().runs()).hasSize(7); // in time, so the wait was bounded
    assertThat(left).hasValueLessThan(0);
  }

  @Test
  void read_overloadedForGood_isUnavailableAfterSomeAttempts() {
    server.when("runs/search", 503, "<html>busy</html>");
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining(server.uri() + " answers 503 to /api/2.0/mlflow/runs/search");
    assertThat(server.lines()).filteredOn(line -> line.contains("runs/search")).hasSize(3);
  }

  @Test
  void read_notAuthenticated_saysWhatToSet() {
    server.when("", 401, "who are you?");
    assertThatThrownBy(() -> readAs(TOKEN))
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("(401); set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME")
        .hasMessageNotContaining("hidden");
    assertThat(server.requests()).hasSize(1); // the answer would be the same
  }

  @Test
  void read_forbidden_repeatsTheServersReasonWithoutOurSecret() {
    server.when("", 403, "{\"error_code\":\"DENIED\",\"message\":\"no hidden for you\"}");
    assertThatThrownBy(() -> readAs(TOKEN))
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("403 'DENIED' 'no … for you'");
  }

  @Test
  void read_badRequest_repeatsTheServersReason() {
    server.when("runs/search", 400, FakeServer.recording("error.max_results.json"));
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("400 'INVALID_PARAMETER_VALUE' 'Invalid value 50001");
  }

  @Test
  void read_pageOfSomethingElse_isNoTrackingServer() {
    server.when("", 200, "<!doctype html><title>Log in</title>");
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("isn't MLflow's")
        .hasMessageContaining("write the address of an MLflow tracking server");
  }

  @Test
  void read_nobodyListens_isUnavailable() {
    server.close();
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("can't be reached: the connection is refused; check the address");
  }

  @Test
  void read_lineLostOnce_triesAgain() throws RecordException {
    AtomicInteger left = new AtomicInteger(1);
    server.when(
        "runs/search",
        _ -> {
          if (left.getAndDecrement() > 0) {
            throw new IOException("the test cuts the line");
          }
          return Optional.empty();
        });
    assertThat(server.read().runs()).hasSize(7);
  }

  @Test
  void call_replyThatDoesntCome_endsInTime() throws RecordException {
    server.when(
        "runs/get",
        _ -> {
          try {
            Thread.sleep(10_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        });
    Patience impatient =
        new Patience(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(200));
    try (Http http = Http.open(server.address(), ServerAccess.none(), impatient)) {
      assertThatThrownBy(() -> new Api(http).run("r"))
          .isInstanceOf(ServerUnavailableException.class)
          .hasMessageContaining("no complete reply within");
    }
  }

  @Test
  void tag_severalTags_areOneCall() throws RecordException {
    server.when("runs/log-batch", 200, "{}");
    SortedMap<String, String> tags = new TreeMap<>(Map.of("assay.b", "2", "assay.a", "1\"ü"));
    try (RunTagger tagger = RunTagger.open(server.address(), ServerAccess.of(TOKEN))) {
      assertThat(tagger.tag("r-1", tags)).isEmpty();
    }
    assertThat(server.lines())
        .containsExactly(
            "POST /api/2.0/mlflow/runs/log-batch {\"run_id\":\"r-1\",\"tags\":["
                + "{\"key\":\"assay.a\",\"value\":\"1\\\"ü\"},{\"key\":\"assay.b\",\"value\":\"2\"}]}");
  }

  @Test
  void tag_runGone_tellsWhy() throws RecordException {
    try (RunTagger tagger = RunTagger.open(server.address(), ServerAccess.none())) {
      assertThat(tagger.tag("gone", Map.of("assay.a", "1")).orElseThrow())
          .startsWith("404 'RESOURCE_DOES_NOT_EXIST'");
    }
  }
}
