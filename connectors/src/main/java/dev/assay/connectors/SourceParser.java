package dev.assay.connectors;

import dev.assay.connectors.mlflow.rest.ServerAccess;
import dev.assay.connectors.mlflow.rest.ServerAddress;
import dev.assay.connectors.record.RecordException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Takes a SOURCE apart. What may hold a secret, the address of a server, isn't repeated. */
final class SourceParser {
  private static final String DATABASE = "mlflow-db:";
  private static final String MLFLOW = "mlflow:";
  private static final String EXPERIMENT = "experiment=";
  private static final String ADDRESS = "MLFLOW_TRACKING_URI";

  private final String text;
  private final Map<String, String> environment;

  SourceParser(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  SourceSpec parse() {
    if (text.isBlank()) {
      throw new SourceException("the SOURCE is empty; write a path, mlflow:URI or mlflow-db:PATH");
    }
    if (text.startsWith(DATABASE)) {
      Path file = real(text.substring(DATABASE.length()));
      if (!SourceDetector.isSqlite(file)) {
        throw new SourceException(
            "%s: found no SQLite database; write mlflow-db: and the path of MLflow's mlflow.db"
                .formatted(text));
      }
      return new SourceSpec.MlflowSqlite(file, Optional.empty());
    }
    if (text.startsWith(MLFLOW)) {
      return mlflow(text.substring(MLFLOW.length()));
    }
    return SourceDetector.detect(real(text), text);
  }

  private SourceSpec mlflow(String uri) {
    int query = uri.indexOf('?');
    String written = query < 0 ? uri : uri.substring(0, query);
    String address = written.isEmpty() ? addressOfTheEnvironment() : written;
    boolean server = isServer(address);
    Optional<String> experiment =
        query < 0
            ? Optional.empty()
            : Optional.of(
                experiment(server ? MLFLOW + "http…" : text, uri.substring(query + 1), server));
    if (server) {
      return server(address, experiment);
    }
    if (address.startsWith("sqlite:///")) {
      // SQLAlchemy's form: three slashes and a path, relative unless it has a slash of its own
      Path file = real(address.substring("sqlite:///".length()));
      return narrowed(SourceDetector.detect(file, text), experiment);
    }
    Path path = address.startsWith("file:") ? fileUri(address) : real(address);
    return narrowed(SourceDetector.detect(path, text), experiment);
  }

  private String addressOfTheEnvironment() {
    String address = environment.getOrDefault(ADDRESS, "");
    if (address.isEmpty()) {
      throw new SourceException(
          "%s: no URI follows, and %s isn't set; write mlflow:URI, or set it"
              .formatted(text, ADDRESS));
    }
    return address;
  }

  private static boolean isServer(String address) {
    return address.startsWith("http:") || address.startsWith("https:");
  }

  private SourceSpec server(String address, Optional<String> experiment) {
    try {
      return new SourceSpec.MlflowTracking(
          ServerAddress.parse(address), ServerAccess.of(environment), experiment);
    } catch (RecordException e) {
      throw new SourceException(MLFLOW + "http…: " + e.getMessage(), e);
    }
  }

  private SourceSpec narrowed(SourceSpec spec, Optional<String> experiment) {
    return switch (spec) {
      case SourceSpec.MlflowRoot root -> new SourceSpec.MlflowRoot(root.path(), experiment);
      case SourceSpec.MlflowSqlite database ->
          new SourceSpec.MlflowSqlite(database.path(), experiment);
      case SourceSpec.MlflowExperiment folder when experiment.isEmpty() -> folder;
      case SourceSpec.MlflowRun folder when experiment.isEmpty() -> folder;
      case SourceSpec.MlflowExperiment _,
          SourceSpec.MlflowRun _,
          SourceSpec.MlflowTracking _,
          SourceSpec.RustorchStore _,
          SourceSpec.RustorchRun _,
          SourceSpec.AssayJsonFile _,
          SourceSpec.AssayJsonFolder _ ->
          throw new SourceException(
              "%s: found a %s; mlflow: wants a tracking server, the root of a file store or mlflow.db"
                  .formatted(text, spec.description()));
    };
  }

  /**
   * The experiment that a query names.
   *
   * @param shown the SOURCE as it may be repeated
   */
  private static String experiment(String shown, String query, boolean secret) {
    if (!query.startsWith(EXPERIMENT) || query.length() == EXPERIMENT.length()) {
      throw new SourceException(
          "%s: after '?' found %s; write ?experiment=NAME"
              .formatted(shown, secret ? "something else" : "'" + query + "'"));
    }
    try {
      return URLDecoder.decode(query.substring(EXPERIMENT.length()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          "%s: the experiment's name isn't percent-encoded; write %%25 for %%".formatted(shown), e);
    }
  }

  private Path fileUri(String address) {
    try {
      String path = new URI(address).getPath();
      if (path == null) {
        throw new SourceException("%s: write file:///PATH".formatted(text));
      }
      return real(path);
    } catch (URISyntaxException e) {
      throw new SourceException("%s: not a URI; write file:///PATH".formatted(text), e);
    }
  }

  /** Absolute, links resolved: the user named this place, so its own links are theirs to follow. */
  private Path real(String path) {
    try {
      return Path.of(path).toRealPath();
    } catch (InvalidPathException e) {
      throw new SourceException("%s: not a path".formatted(text), e);
    } catch (IOException e) {
      throw new SourceException(
          "%s: no such file or folder; looked at %s".formatted(text, absolute(path)), e);
    }
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }
}
