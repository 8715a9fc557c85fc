package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.ArtifactDigester;
import dev.assay.connectors.record.Artifacts;
import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.FolderContent;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads one run folder. Its id is the folder's name, which stays when run.json is broken; parts
 * that contradict each other are problems.
 */
final class RunFolder {
  static final String SYSTEM = "rustorch";
  static final String RUN = "run.json";
  private static final long LARGEST_SECONDS = Limits.LARGEST_MILLIS / 1000;

  private final FolderContent folder;
  private final String id;
  private final RunDraft draft;

  private RunFolder(String experiment, Path path, FolderContent folder) {
    this.folder = folder;
    this.id = Folder.name(path);
    this.draft = new RunDraft(new Source(SYSTEM, path.toString()), experiment, id);
  }

  /** Reads the run of a folder that has just been looked into; empty if it is a file. */
  static Optional<ReadRun> read(
      String experiment, Path path, FolderContent folder, boolean digestArtifacts) {
    RunFolder run = new RunFolder(experiment, path, folder);
    return switch (folder.kind()) {
      case FOLDER -> Optional.of(run.read(digestArtifacts));
      case LINK ->
          Optional.of(run.unread("the run's folder is a symbolic link; links are not followed"));
      case NOTHING -> Optional.of(run.unread("the run's folder went away during the import"));
      case FILE, OTHER -> Optional.empty();
    };
  }

  private ReadRun unread(String why) {
    draft.problem("", why);
    return new ReadRun(draft.build(), Optional.empty());
  }

  private ReadRun read(boolean digestArtifacts) {
    Optional<JsonObject> run = runJson();
    Optional<String> status = run.flatMap(json -> JsonFiles.text(json, "status"));
    Optional<MetricsLog> metrics =
        bytes(MetricsLog.FILE).map(bytes -> MetricsLog.read(bytes, draft));
    if (metrics.isEmpty()) {
      draft.problem(MetricsLog.FILE, "there are no metrics");
    }
    Optional<TelemetryLog> telemetry =
        bytes(TelemetryLog.FILE).map(bytes -> TelemetryLog.read(bytes, draft));
    summary(run, status, metrics, telemetry);
    new GovernanceCheck(folder, id, draft).check(status);
    Artifacts artifacts = new Artifacts(draft);
    new ArtifactIndex(folder, draft).read(artifacts);
    Optional<ArtifactDigests> digests =
        digestArtifacts ? ArtifactDigester.digest(draft, artifacts.files()) : Optional.empty();
    return new ReadRun(draft.build(), digests, artifacts.files());
  }

  private Optional<JsonObject> runJson() {
    Optional<JsonObject> run = JsonFiles.readObject(folder, RUN, draft);
    run.ifPresent(json -> RunJson.read(json, id, draft));
    if (run.isEmpty() && folder.kind(RUN) == Kind.NOTHING) {
      draft.problem(RUN, "the file isn't there: the folder can't be known as a run");
    }
    return run;
  }

  private void summary(
      Optional<JsonObject> run,
      Optional<String> status,
      Optional<MetricsLog> metrics,
      Optional<TelemetryLog> telemetry) {
    Optional<JsonObject> summary = JsonFiles.readObject(folder, SummaryCheck.FILE, draft);
    if (summary.isEmpty()) {
      if (status.equals(Optional.of("Completed"))
          && folder.kind(SummaryCheck.FILE) == Kind.NOTHING) {
        draft.problem(
            SummaryCheck.FILE, "run.json says Completed, but there is no run_summary.json");
      }
      return;
    }
    instant(summary.get(), "completed_at_unix").ifPresent(draft::ended);
    SummaryCheck check = new SummaryCheck(summary.get(), draft);
    check.identity(id, run);
    metrics.ifPresent(check::metrics);
    check.telemetry(telemetry);
  }

  private Optional<byte[]> bytes(String name) {
    try {
      return folder.read(name, Limits.FILE_BYTES);
    } catch (RecordException e) {
      draft.problem(name, e);
      return Optional.empty();
    }
  }

  /** An instant of unix seconds, if it is one that RFC 3339 can write. */
  static Optional<Instant> instant(JsonObject json, String key) {
    return JsonFiles.number(json, key)
        .filter(seconds -> 0 <= seconds && seconds <= LARGEST_SECONDS)
        .map(seconds -> Instant.ofEpochSecond(seconds.longValue()));
  }

  static String shown(Optional<String> text) {
    return text.map(Texts::shown).orElse("missing");
  }
}
