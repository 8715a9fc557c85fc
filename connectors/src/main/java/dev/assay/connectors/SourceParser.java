package dev.assay.connectors;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a SOURCE apart. */
final class SourceParser {
  private static final String DATABASE = "mlflow-db:";
  private static final String MLFLOW = "mlflow:";
  private static final String EXPERIMENT = "experiment=";

  private SourceParser() {}

  static SourceSpec parse(String text) {
    if (text.isBlank()) {
      throw new SourceException("the SOURCE is empty; write a path, mlflow:URI or mlflow-db:PATH");
    }
    if (text.startsWith(DATABASE)) {
      Path file = real(text.substring(DATABASE.length()), text);
      if (!SourceDetector.isSqlite(file)) {
        throw new SourceException(
            "%s: found no SQLite database; write mlflow-db: and the path of MLflow's mlflow.db"
                .formatted(text));
      }
      return new SourceSpec.MlflowSqlite(file, Optional.empty());
    }
    if (text.startsWith(MLFLOW)) {
      return mlflow(text, text.substring(MLFLOW.length()));
    }
    return SourceDetector.detect(real(text, text), text);
  }

  private static SourceSpec mlflow(String text, String uri) {
    int query = uri.indexOf('?');
    Optional<String> experiment =
        query < 0 ? Optional.empty() : Optional.of(experiment(text, uri.substring(query + 1)));
    String address = query < 0 ? uri : uri.substring(0, query);
    if (address.startsWith("http:") || address.startsWith("https:")) {
      throw new SourceException(
          "%s: this build reads MLflow's file stores and mlflow.db, not its servers; write"
                  .formatted(text)
              + " mlflow:file:///PATH or mlflow-db:PATH");
    }
    if (address.startsWith("sqlite:///")) {
      // SQLAlchemy's form: three slashes and a path, relative unless it has a slash of its own
      Path file = real(address.substring("sqlite:///".length()), text);
      return narrowed(text, SourceDetector.detect(file, text), experiment);
    }
    Path path = address.startsWith("file:") ? fileUri(text, address) : real(address, text);
    return narrowed(text, SourceDetector.detect(path, text), experiment);
  }

  private static SourceSpec narrowed(String text, SourceSpec spec, Optional<String> experiment) {
    return switch (spec) {
      case SourceSpec.MlflowRoot root -> new SourceSpec.MlflowRoot(root.path(), experiment);
      case SourceSpec.MlflowSqlite database ->
          new SourceSpec.MlflowSqlite(database.path(), experiment);
      case SourceSpec.MlflowExperiment folder when experiment.isEmpty() -> folder;
      case SourceSpec.MlflowRun folder when experiment.isEmpty() -> folder;
      case SourceSpec.MlflowExperiment _,
          SourceSpec.MlflowRun _,
          SourceSpec.RustorchStore _,
          SourceSpec.RustorchRun _,
          SourceSpec.AssayJsonFile _,
          SourceSpec.AssayJsonFolder _ ->
          throw new SourceException(
              "%s: found a %s; mlflow: wants the root of a file store or mlflow.db"
                  .formatted(text, spec.description()));
    };
  }

  private static String experiment(String text, String query) {
    if (!query.startsWith(EXPERIMENT) || query.length() == EXPERIMENT.length()) {
      throw new SourceException(
          "%s: after '?' found '%s'; write ?experiment=NAME".formatted(text, query));
    }
    try {
      return URLDecoder.decode(query.substring(EXPERIMENT.length()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SourceException(
          "%s: the experiment's name isn't percent-encoded; write %%25 for %%".formatted(text), e);
    }
  }

  private static Path fileUri(String text, String address) {
    try {
      String path = new URI(address).getPath();
      if (path == null) {
        throw new SourceException("%s: write file:///PATH".formatted(text));
      }
      return real(path, text);
    } catch (URISyntaxException e) {
      throw new SourceException("%s: not a URI; write file:///PATH".formatted(text), e);
    }
  }

  /** Absolute, links resolved: the user named this place, so its own links are theirs to follow. */
  private static Path real(String path, String text) {
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
