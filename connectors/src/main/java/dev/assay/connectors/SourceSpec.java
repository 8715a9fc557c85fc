package dev.assay.connectors;

import java.nio.file.Path;
import java.util.Optional;

/** Where runs come from, as the command line's SOURCE names it. */
public sealed interface SourceSpec {
  /**
   * What {@code text} names: a path, whose kind is found by looking at it, {@code mlflow-db:PATH},
   * or {@code mlflow:URI[?experiment=NAME]}.
   *
   * @throws SourceException if nothing known is there
   */
  static SourceSpec parse(String text) {
    return SourceParser.parse(text);
  }

  /** The folder or file, links resolved; nothing outside of it is read. */
  Path path();

  /** What it is, for people. */
  String description();

  /** A root of MLflow's file store; of one experiment only, if one is named. */
  record MlflowRoot(Path path, Optional<String> experiment) implements SourceSpec {
    @Override
    public String description() {
      return "MLflow file store";
    }
  }

  /** One experiment's folder of MLflow's file store. */
  record MlflowExperiment(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "MLflow experiment folder";
    }
  }

  /** One run's folder of MLflow's file store. */
  record MlflowRun(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "MLflow run folder";
    }
  }

  /** MLflow's SQLite database; of one experiment only, if one is named. */
  record MlflowSqlite(Path path, Optional<String> experiment) implements SourceSpec {
    @Override
    public String description() {
      return "MLflow database";
    }
  }

  /** A store folder of rustorch. */
  record RustorchStore(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "rustorch store";
    }
  }

  /** One run folder of rustorch; its experiment is the folder above. */
  record RustorchRun(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "rustorch run folder";
    }
  }

  /** A file of assay run JSON: one run, or one a line. */
  record AssayJsonFile(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "assay run JSON";
    }
  }

  /** A folder of assay run JSON files. */
  record AssayJsonFolder(Path path) implements SourceSpec {
    @Override
    public String description() {
      return "folder of assay run JSON";
    }
  }
}
