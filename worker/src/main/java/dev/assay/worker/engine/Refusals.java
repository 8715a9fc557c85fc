package dev.assay.worker.engine;

import io.grpc.Status;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why a Temporal service doesn't serve us, and what to do.
 *
 * @param address where it should be
 * @param namespace what we asked for
 * @param apiKey what no message may hold, whoever wrote it
 */
record Refusals(String address, String namespace, Optional<String> apiKey) {
  private static final String OPTIONS =
      "check --tls-ca-path (who signed its certificate), --tls-server-name (the name in it), --tls-cert-path and --tls-key-path (ours, if it wants one)";

  /** Whether the same may be answered in a second: nobody listens yet, and it isn't about TLS. */
  static boolean mayPass(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE && tls(status).isEmpty();
  }

  String explain(Status status) {
    return apiKey
        .filter(key -> !key.isBlank())
        .map(key -> text(status).replace(key, "…"))
        .orElseGet(() -> text(status));
  }

  private String text(Status status) {
    String detail = detail(status);
    return switch (status.getCode()) {
      case NOT_FOUND ->
          "Temporal at %s has no namespace %s; name another with --namespace or TEMPORAL_NAMESPACE, or create it: temporal operator namespace create -n %s"
              .formatted(address, namespace, namespace);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          "Temporal at %s doesn't let us use namespace %s (%s%s); check --api-key or TEMPORAL_API_KEY, or the client certificate"
              .formatted(address, namespace, status.getCode(), detail);
      case UNAVAILABLE, DEADLINE_EXCEEDED -> unreachable(status, detail);
      default ->
          "Temporal at %s, namespace %s: %s%s"
              .formatted(address, namespace, status.getCode(), detail);
    };
  }

  private String unreachable(Status status, String detail) {
    Optional<String> tls = tls(status);
    if (tls.isPresent()) {
      return "Temporal at %s can't be spoken to with TLS: %s; %s"
          .formatted(address, tls.get(), OPTIONS);
    }
    if (closedAtOnce(status)) {
      return "Temporal at %s closed the connection at once: does it want TLS (--tls), or a client certificate (--tls-cert-path)?"
          .formatted(address);
    }
    return "Temporal at %s can't be reached (%s%s); is it running there, and is TLS right on both sides?"
        .formatted(address, status.getCode(), detail);
  }

  /** What went wrong with TLS, in the words of whoever noticed; empty if it isn't about TLS. */
  private static Optional<String> tls(Status status) {
    Optional<String> found = Optional.empty();
    boolean handshake = false;
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      handshake |= cause instanceof SSLException;
      if (handshake) {
        found = Optional.of(words(cause));
      }
    }
    return found;
  }

  private static String words(Throwable cause) {
    String message = firstLine(cause);
    if (message.toLowerCase(Locale.ROOT).contains("not an ssl/tls record")) {
      return "it doesn't answer with TLS";
    }
    return message.startsWith("error:") // OpenSSL's number, library and function go before its word
        ? "it said " + message.substring(message.lastIndexOf(':') + 1)
        : message.replaceFirst("[.]$", "");
  }

  /** A service that wants TLS does so; also a proxy whose service isn't there yet. */
  private static boolean closedAtOnce(Status status) {
    return String.valueOf(status.getDescription()).startsWith("Network closed for unknown reason");
  }

  /** The innermost reason that nobody could be reached, else what the service says, in a line. */
  private static String detail(Status status) {
    Optional<String> found =
        Optional.ofNullable(status.getDescription()).flatMap(text -> text.lines().findFirst());
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && cause.getMessage() != null) {
        found = Optional.of(firstLine(cause).replaceFirst("^\\w+\\(\\.\\.\\) failed: ", ""));
      }
    }
    return found.map(text -> ": " + text).orElse("");
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
