package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.rest.ReplyException.Kind;
import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls one server: bounded in bytes, time and attempts. Credentials go to this server alone. What
 * it repeats may be repeated: all calls of MLflow's API that Assay makes read, or set a tag. Safe
 * for use by several threads.
 */
final class Http implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAX_REDIRECTS = 5;

  /** Most bytes that are looked at of a reply that says no. */
  private static final int ERROR_BYTES = 1 << 16;

  private final ServerAddress server;
  private final ServerAccess access;
  private final Patience patience;
  private final HttpClient client;
  private volatile boolean answered; // a server that never did isn't waited for as long

  private Http(ServerAddress server, ServerAccess access, Patience patience, HttpClient client) {
    this.server = server;
    this.access = access;
    this.patience = patience;
    this.client = client;
  }

  /**
   * Makes ready; nothing is sent yet.
   *
   * @throws RecordException if the certificates can't be used
   */
  static Http open(ServerAddress server, ServerAccess access, Patience patience)
      throws RecordException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // uvicorn, MLflow's own, has no other
            .followRedirects(HttpClient.Redirect.NEVER) // the JDK would take the header along
            .connectTimeout(CONNECT);
    if (access.certificates().isPresent()) {
      builder.sslContext(Certificates.trusting(access.certificates().get()));
    }
    return new Http(server, access, patience, builder.build());
  }

  ServerAddress server() {
    return server;
  }

  /** The bytes at an address of this server. */
  byte[] get(URI uri, int maxBytes) throws ReplyException {
    return call(uri, Optional.empty(), patience.call(), bytes(maxBytes));
  }

  /** The reply to a body of JSON. */
  byte[] post(URI uri, byte[] json, int maxBytes) throws ReplyException {
    return call(uri, Optional.of(json), patience.call(), bytes(maxBytes));
  }

  /** Hands a reply of any size to a subscriber; a repeated attempt gets one of its own. */
  <T> T download(URI uri, Duration atMost, Supplier<BodySubscriber<T>> body) throws ReplyException {
    return call(uri, Optional.empty(), atMost, body);
  }

  private static Supplier<BodySubscriber<byte[]>> bytes(int max) {
    return () -> BoundedBody.refusing(BodySubscribers.ofByteArray(), max);
  }

  /** What one attempt came to. */
  private sealed interface Attempt<T> {
    record Answered<T>(T body) implements Attempt<T> {}

    record Said<T>(int status, byte[] body, Optional<Duration> retryAfter) implements Attempt<T> {}

    record Moved<T>(int status, URI to) implements Attempt<T> {}

    record Failed<T>(IOException why) implements Attempt<T> {}
  }

  private <T> T call(
      URI uri, Optional<byte[]> json, Duration atMost, Supplier<BodySubscriber<T>> body)
      throws ReplyException {
    URI target = uri;
    int redirects = 0;
    for (int attempt = 1; ; ) {
      Attempt<T> now = attempt(target, json, atMost, body);
      answered |= !(now instanceof Attempt.Failed<T>);
      switch (now) {
        case Attempt.Answered<T>(T reply) -> {
          return reply;
        }
        case Attempt.Moved<T>(int status, URI to) -> {
          target = Replies.redirect(server, target, status, to, redirects++ < MAX_REDIRECTS);
        }
        case Attempt.Said<T>(int status, byte[] said, Optional<Duration> retryAfter) -> {
          Replies.Failure failure = Replies.failure(server, access, uri, status, said);
          if (!failure.worthAnotherAttempt() || attempt >= patience.attempts()) {
            throw failure.toThrow();
          }
          pause(retryAfter.map(patience::shorter).orElse(patience.pause(attempt)));
          attempt++;
        }
        case Attempt.Failed<T>(IOException why) -> {
          if (attempt >= (answered ? patience.attempts() : Math.min(3, patience.attempts()))
              || Replies.isTls(why)) {
            throw Replies.unreachable(server, why);
          }
          pause(patience.pause(attempt));
          attempt++;
        }
      }
    }
  }

  private <T> Attempt<T> attempt(
      URI uri, Optional<byte[]> json, Duration atMost, Supplier<BodySubscriber<T>> body)
      throws ReplyException {
    CompletableFuture<HttpResponse<Attempt<T>>> reply =
        client.sendAsync(request(uri, json), info -> subscriber(uri, info, body));
    try {
      return reply.get(atMost.toMillis(), TimeUnit.MILLISECONDS).body();
    } catch (TimeoutException e) {
      reply.cancel(true);
      return new Attempt.Failed<>(
          new IOException("no complete reply within %d s".formatted(atMost.toSeconds()), e));
    } catch (ExecutionException e) {
      return failed(uri, e);
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while reading");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private <T> Attempt<T> failed(URI uri, ExecutionException thrown) throws ReplyException {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BoundedBody.TooLarge) {
        throw new ReplyException(
            Kind.TOO_LARGE, "the reply to %s is too large".formatted(uri.getPath()));
      }
    }
    return switch (thrown.getCause()) {
      case IOException e -> new Attempt.Failed<>(e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(thrown);
    };
  }

  private HttpRequest request(URI uri, Optional<byte[]> json) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).GET();
    access.authorization().ifPresent(value -> request.header("Authorization", value));
    json.ifPresent(
        body ->
            request
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    return request.build();
  }

  private static <T> BodySubscriber<Attempt<T>> subscriber(
      URI uri, HttpResponse.ResponseInfo info, Supplier<BodySubscriber<T>> body) {
    int status = info.statusCode();
    if (status >= 200 && status < 300) {
      return BodySubscribers.mapping(body.get(), Attempt.Answered::new);
    }
    Optional<URI> location =
        info.headers().firstValue("Location").flatMap(text -> Replies.resolved(uri, text));
    if (status >= 300 && status < 400 && location.isPresent()) {
      return BodySubscribers.replacing(new Attempt.Moved<>(status, location.get()));
    }
    Optional<Duration> retryAfter =
        info.headers()
            .firstValue("Retry-After")
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    return BodySubscribers.mapping(
        BoundedBody.cutting(BodySubscribers.ofByteArray(), ERROR_BYTES),
        said -> new Attempt.Said<>(status, said, retryAfter));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted while waiting");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
