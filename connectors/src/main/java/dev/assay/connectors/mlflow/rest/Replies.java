package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.rest.ReplyException.Kind;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What replies mean that hold no result, in words that say what to do. */
final class Replies {
  private Replies() {}

  /** A reply that says no. */
  record Failure(ServerAddress server, String where, int status, String code, String said) {

    /** Whether the server may answer otherwise in a moment. MLflow's client: the same codes. */
    boolean worthAnotherAttempt() {
      return switch (status) {
        case 408, 429, 500, 502, 503, 504 -> true;
        default -> false;
      };
    }

    /**
     * What to throw when no attempt is left. A 500 with a code of MLflow is an answer: it looked,
     * and can't tell.
     */
    ReplyException toThrow() {
      if (status == 401) {
        throw new ServerRefusalException(
            "%s wants to know who asks (401); set %s, or %s and %s"
                .formatted(
                    server, ServerAccess.TOKEN, ServerAccess.USERNAME, ServerAccess.PASSWORD));
      }
      if (worthAnotherAttempt() && (status != 500 || code.isEmpty())) {
        throw new ServerUnavailableException(
            "%s answers %d%s%s to %s, after several attempts; try again when it works"
                .formatted(server, status, code, said, where));
      }
      return new ReplyException(
          Kind.REFUSED,
          status,
          "%d%s".formatted(status, code),
          "%d%s%s to %s".formatted(status, code, said, where));
    }
  }

  static Failure failure(
      ServerAddress server, ServerAccess access, URI asked, int status, byte[] said) {
    JsonObject error = JsonObject.EMPTY;
    try {
      if (JsonFiles.parse(said) instanceof JsonObject object) {
        error = object;
      }
    } catch (RecordException _) {
      // a proxy's page, or nothing: the status tells enough
    }
    return new Failure(
        server,
        endpoint(server, asked),
        status,
        told(access, JsonFiles.text(error, "error_code")),
        told(access, JsonFiles.text(error, "message")));
  }

  private static String told(ServerAccess access, Optional<String> text) {
    return text.map(said -> " " + Texts.shown(access.withoutSecrets(said))).orElse("");
  }

  /** Where a redirect leads, if the credentials may go there. */
  static URI redirect(ServerAddress server, URI from, int status, URI to, boolean bearable)
      throws ReplyException {
    if (!bearable) {
      throw new ReplyException(
          Kind.MALFORMED, "%s redirects without end".formatted(endpoint(server, from)));
    }
    if (!server.mayRedirectTo(to)) {
      throw new ServerRefusalException(
          "%s redirects to another server (%d to %s), which is not followed; write that server's address if it is meant, or log in to the one in between"
              .formatted(server, status, Texts.shown(to.getScheme() + "://" + to.getHost())));
    }
    return to;
  }

  /** The address that a header {@code Location} means. */
  static Optional<URI> resolved(URI from, String location) {
    try {
      return Optional.of(from.resolve(location));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static ServerUnavailableException unreachable(ServerAddress server, IOException why) {
    return new ServerUnavailableException(
        "%s can't be reached: %s; %s".formatted(server, reason(why), remedy(why)), why);
  }

  /** Whether no encrypted connection could be made; another attempt would end alike. */
  static boolean isTls(IOException why) {
    return why instanceof SSLException || why.getCause() instanceof SSLException;
  }

  private static String reason(IOException why) {
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "no such host";
      }
      if (cause instanceof HttpTimeoutException) {
        return "no reply in time";
      }
    }
    String text = Optional.ofNullable(why.getMessage()).orElse("");
    boolean refused = why instanceof ConnectException && text.isEmpty();
    return refused ? "the connection is refused" : text.isEmpty() ? "the line broke" : text;
  }

  private static String remedy(IOException why) {
    return isTls(why)
        ? "if its certificate is of an authority of your own, set "
            + ServerAccess.CERTIFICATES
            + " to that authority's certificate"
        : "check the address, and that the server runs";
  }

  private static String endpoint(ServerAddress server, URI asked) {
    String base = Optional.ofNullable(server.uri().getPath()).orElse("");
    String path = asked.getPath();
    return path.startsWith(base) ? path.substring(base.length()) : path;
  }
}
