package dev.assay.connectors;

import dev.assay.connectors.assayjson.AssayJsonStore;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.text.Count;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out what kind of source stands at a path, by what is in it. */
final class SourceDetector {
  /** First bytes of a database; https://www.sqlite.org/fileformat.html section 1.3. */
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Entries looked into before a folder counts as unknown. */
  private static final int MOST_LOOKED_INTO = 1000;

  private static final String KNOWN =
      "an MLflow file store (mlruns), experiment or run folder, mlflow.db, a rustorch store or run"
          + " folder, assay run JSON (.json, .jsonl or a folder of them)";

  private SourceDetector() {}

  static SourceSpec detect(Path path, String text) {
    return switch (Folder.kind(path)) {
      case FILE -> file(path, text);
      case FOLDER -> folder(path, text);
      case LINK, OTHER, NOTHING ->
          throw new SourceException(
              "%s: found neither a file nor a folder; write the path of %s".formatted(text, KNOWN));
    };
  }

  static boolean isSqlite(Path file) {
    try (InputStream in = Folder.stream(file)) {
      return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
    } catch (IOException | RecordException e) {
      return false;
    }
  }

  private static SourceSpec file(Path file, String text) {
    if (isSqlite(file)) {
      return new SourceSpec.MlflowSqlite(file, Optional.empty());
    }
    if (AssayJsonStore.isRunFile(file)) {
      return new SourceSpec.AssayJsonFile(file);
    }
    throw new SourceException(
        "%s: a file that is neither a SQLite database nor named .json or .jsonl; write the path of %s"
            .formatted(text, KNOWN));
  }

  private static SourceSpec folder(Path folder, String text) {
    if (has(folder, "meta.yaml")) {
      boolean run = hasFolder(folder, "metrics") || hasFolder(folder, "params");
      return run ? new SourceSpec.MlflowRun(folder) : new SourceSpec.MlflowExperiment(folder);
    }
    if (isRustorchRun(folder)) {
      return new SourceSpec.RustorchRun(folder);
    }
    List<Path> entries = list(folder, text);
    for (Path entry : entries.subList(0, Math.min(entries.size(), MOST_LOOKED_INTO))) {
      if (Folder.kind(entry) == Kind.FOLDER) {
        if (has(entry, "meta.yaml")) {
          return new SourceSpec.MlflowRoot(folder, Optional.empty());
        }
        if (isRustorchRun(entry)) {
          return new SourceSpec.RustorchStore(folder);
        }
      }
    }
    if (entries.stream().anyMatch(AssayJsonStore::isRunFile)) {
      return new SourceSpec.AssayJsonFolder(folder);
    }
    throw new SourceException(
        "%s: a folder of %s, none of them a run; %s"
            .formatted(text, Count.of(entries.size(), "entry", "entries"), hint(folder, entries)));
  }

  private static String hint(Path folder, List<Path> entries) {
    for (Path entry : entries) {
      if (Folder.name(entry).equals("mlruns") || isSqlite(entry)) {
        return "did you mean " + folder.resolve(Folder.name(entry)) + "?";
      }
    }
    return "write the path of " + KNOWN;
  }

  private static List<Path> list(Path folder, String text) {
    try {
      return Folder.list(folder);
    } catch (RecordException e) {
      throw new SourceException("%s: %s".formatted(text, e.getMessage()), e);
    }
  }

  private static boolean isRustorchRun(Path folder) {
    return has(folder, "run.json")
        || has(folder, "governance_ledger.jsonl")
        || has(folder, "metrics.jsonl");
  }

  private static boolean has(Path folder, String name) {
    return Folder.kind(folder.resolve(name)) == Kind.FILE;
  }

  private static boolean hasFolder(Path folder, String name) {
    return Folder.kind(folder.resolve(name)) == Kind.FOLDER;
  }
}
