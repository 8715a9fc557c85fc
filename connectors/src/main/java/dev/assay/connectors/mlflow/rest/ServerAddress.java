package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.RecordException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a tracking server is: {@code http} or {@code https}, a host, perhaps a port and a path.
 *
 * @param uri without user, query, fragment and a slash at its end
 */
public record ServerAddress(URI uri) {
  private static final String API = "/api/2.0/";

  /**
   * The address that {@code text} names.
   *
   * @throws RecordException if it is none, or holds a secret; the message doesn't repeat the text
   */
  public static ServerAddress parse(String text) throws RecordException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) { // its message has the text
      throw new RecordException("not a URI; write mlflow:http://HOST:PORT");
    }
    if (uri.getRawUserInfo() != null
        || Optional.ofNullable(uri.getRawAuthority()).orElse("").contains("@")) {
      throw new RecordException(
          "the URI holds a user name or password; put them into MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD");
    }
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new RecordException("no host found in the URI; write mlflow:http://HOST:PORT");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new RecordException("the URI has more than host, port and path; cut it off there");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath().replaceFirst("/+$", "");
    return new ServerAddress(
        URI.create(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path));
  }

  /** An endpoint below {@code /api/2.0/}; {@code path} is percent-encoded already. */
  URI api(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(uri + API + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  /** The place of a run in the server's web pages; the part before the run's own is the same. */
  public String run(String experimentId, String runId) {
    return runs() + encoded(experimentId) + "/runs/" + encoded(runId);
  }

  /** Whether {@link #run} of this address gave the place. */
  public boolean holds(String place) {
    return place.startsWith(runs());
  }

  /**
   * Whether a redirect may go to {@code target} with the credentials: the same host and port, or
   * from {@code http} to {@code https} on the same host.
   */
  boolean mayRedirectTo(URI target) {
    if (target.getHost() == null || !target.getHost().equalsIgnoreCase(uri.getHost())) {
      return false;
    }
    boolean same = uri.getScheme().equalsIgnoreCase(target.getScheme());
    return same ? port(uri) == port(target) : "https".equalsIgnoreCase(target.getScheme());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private String runs() {
    return uri + "/#/experiments/";
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
