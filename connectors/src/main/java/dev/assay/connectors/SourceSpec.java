package dev.assay.connectors;

import dev.assay.connectors.mlflow.rest.ServerAccess;
import dev.assay.connectors.mlflow.rest.ServerAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where runs come from, as the command line's SOURCE names it. */
public sealed interface SourceSpec {
  /** A source on disk. */
  sealed interface OnDisk extends SourceSpec {
    /** The folder or file, links resolved. */
    Path path();

    @Override
    default String place() {
      return path().toString();
    }
  }

  /** A tracking server of MLflow; of one experiment only, if one is named. */
  record MlflowTracking(ServerAddress address, ServerAccess access, Optional<String> experiment)
      implements SourceSpec {
    @Override
    public String place() {
      return address.toString();
    }

    @Override
    public String description() {
      return "MLflow tracking server";
    }
  }

  /**
   * What {@code text} names: a path, whose kind is found by looking at it, {@code mlflow-db:PATH},
   * or {@code mlflow:URI[?experiment=NAME]}. Nothing is sent to a server yet.
   *
   * @param environment has what MLflow's own client takes from it: {@code MLFLOW_TRACKING_URI} is
   *     meant by {@code mlflow:} alone, and {@link ServerAccess} tells the rest
   * @throws SourceException if nothing known is there
   */
  static SourceSpec parse(String text, Map<String, String> environment) {
    return new SourceParser(text, environment).parse();
  }

  /** As {@link #parse(String, Map)} with an empty environment. */
  static SourceSpec parse(String text) {
    return parse(text, Map.of());
  }

  /**
   * The address of a server; or the folder or file, links resolved: nothing outside of it is read.
   */
  String place();

  /** What it is, for people. */
  String description();

  /** A root of MLflow's file store; of one experiment only, if one is named. */
  record MlflowRoot(Path path, Optional<String> experiment) implements OnDisk {
    @Override
    public String description() {
      return "MLflow file store";
    }
  }

  /** One experiment's folder of MLflow's file store. */
  record MlflowExperiment(Path path) implements OnDisk {
    @Override
    public String description() {
      return "MLflow experiment folder";
    }
  }

  /** One run's folder of MLflow's file store. */
  record MlflowRun(Path path) implements OnDisk {
    @Override
    public String description() {
      return "MLflow run folder";
    }
  }

  /** MLflow's SQLite database; of one experiment only, if one is named. */
  record MlflowSqlite(Path path, Optional<String> experiment) implements OnDisk {
    @Override
    public String description() {
      return "MLflow database";
    }
  }

  /** A store folder of rustorch. */
  record RustorchStore(Path path) implements OnDisk {
    @Override
    public String description() {
      return "rustorch store";
    }
  }

  /** One run folder of rustorch; its experiment is the folder above. */
  record RustorchRun(Path path) implements OnDisk {
    @Override
    public String description() {
      return "rustorch run folder";
    }
  }

  /** A file of assay run JSON: one run, or one a line. */
  record AssayJsonFile(Path path) implements OnDisk {
    @Override
    public String description() {
      return "assay run JSON";
    }
  }

  /** A folder of assay run JSON files. */
  record AssayJsonFolder(Path path) implements OnDisk {
    @Override
    public String description() {
      return "folder of assay run JSON";
    }
  }
}
