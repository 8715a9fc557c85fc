package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.record.ArtifactPaths;
import dev.assay.connectors.record.RecordException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the artifacts of a run or model are kept, as its record says.
 *
 * @param uri anything: a place in the server's own store, in a cloud's, on some machine's disk
 */
record ArtifactRoot(String uri) {
  private static final String SERVED = "mlflow-artifacts:";

  /** Whether it is a path, which means another place on another machine. */
  boolean isOnADisk() {
    String lower = uri.toLowerCase(Locale.ROOT);
    return lower.startsWith("file:") || lower.startsWith("/") || !lower.contains(":");
  }

  /**
   * The path, percent-encoded, at which this server hands out a file; empty if the store isn't the
   * server's own, and so another one would have to be called.
   *
   * @throws RecordException if the path isn't plain
   */
  Optional<String> served(String file, ServerAddress server) throws RecordException {
    if (!uri.startsWith(SERVED)) {
      return Optional.empty();
    }
    String rest = uri.substring(SERVED.length());
    if (rest.startsWith("//")) {
      int end = rest.indexOf('/', 2);
      String authority = rest.substring(2, end < 0 ? rest.length() : end);
      if (!authority.isEmpty() && !authority.equalsIgnoreCase(server.uri().getRawAuthority())) {
        return Optional.empty();
      }
      rest = end < 0 ? "" : rest.substring(end);
    }
    String path = rest.replaceFirst("^/+", "").replaceFirst("/+$", "") + "/" + file;
    return Optional.of(
        Arrays.stream(ArtifactPaths.checked(path).split("/", -1))
            .map(ServerAddress::encoded)
            .collect(Collectors.joining("/")));
  }

  /** The address without what may be a secret: user, password, query. */
  String shown() {
    return uri.replaceFirst("[?#].*$", "").replaceFirst("//[^/@]*@", "//");
  }
}
