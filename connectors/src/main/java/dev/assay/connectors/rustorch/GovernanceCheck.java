package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.FolderContent;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks {@code governance_plan.json} and the ledger, and both against the run's status. */
final class GovernanceCheck {
  static final String PLAN = "governance_plan.json";
  private static final String FINALIZED = "finalize Completed";

  private final FolderContent folder;
  private final String runId;
  private final RunDraft draft;

  GovernanceCheck(FolderContent folder, String runId, RunDraft draft) {
    this.folder = folder;
    this.runId = runId;
    this.draft = draft;
  }

  /**
   * Reads and compares.
   *
   * @param status as run.json says it; empty if it can't be read
   */
  void check(Optional<String> status) {
    Optional<Set<String>> planned =
        folder.taken(PLAN).flatMap(bytes -> FamiliarPlan.stages(bytes, runId)).or(this::plan);
    Optional<LedgerChain> ledger = ledger();
    if (ledger.isEmpty()) {
      return;
    }
    LedgerChain chain = ledger.get();
    boolean ended = status.equals(Optional.of("Completed"));
    if (planned.isPresent()) {
      for (String stage : new TreeSet<>(chain.stages())) {
        if (!planned.get().contains(stage)) {
          draft.problem(LedgerChain.FILE, "stage %s isn't planned".formatted(Texts.shown(stage)));
        }
      }
      for (String stage : planned.get()) {
        if (ended && !chain.completed().contains(stage)) {
          draft.problem(
              LedgerChain.FILE,
              "run.json says Completed, but stage %s has no such event"
                  .formatted(Texts.shown(stage)));
        }
      }
    }
    if (ended && !chain.lastEvent().equals(FINALIZED)) {
      draft.problem(
          LedgerChain.FILE,
          "run.json says Completed, but the last event is %s"
              .formatted(Texts.shown(chain.lastEvent())));
    }
    if (status.equals(Optional.of("Running")) && chain.lastEvent().equals(FINALIZED)) {
      draft.problem(
          LedgerChain.FILE,
          "run.json says Running, but the last event is '%s'".formatted(FINALIZED));
    }
  }

  /** Ids of the planned stages. */
  private Optional<Set<String>> plan() {
    Optional<JsonObject> plan = JsonFiles.readObject(folder, PLAN, draft);
    if (plan.isEmpty()) {
      if (folder.kind(PLAN) == Kind.NOTHING) {
        draft.problem(PLAN, "the file isn't there");
      }
      return Optional.empty();
    }
    Set<String> stages = new TreeSet<>();
    if (plan.get().members().get("entries") instanceof JsonArray(var entries)) {
      for (JsonValue entry : entries) {
        entry(entry).ifPresent(stages::add);
      }
    }
    double total = JsonFiles.number(plan.get(), "total_stages").orElse(-1.0);
    if (total != stages.size()) {
      draft.problem(
          PLAN, "total_stages isn't the %d stages that it lists".formatted(stages.size()));
    }
    return Optional.of(stages);
  }

  private Optional<String> entry(JsonValue entry) {
    if (!(entry instanceof JsonObject stage)) {
      draft.problem(PLAN, "an entry isn't an object");
      return Optional.empty();
    }
    String about = JsonFiles.text(stage, "run_id").orElse("");
    if (!about.equals(runId)) {
      draft.problem(PLAN, "an entry is about run %s".formatted(Texts.shown(about)));
    }
    return JsonFiles.text(stage, "stage_id");
  }

  private Optional<LedgerChain> ledger() {
    try {
      Optional<byte[]> bytes = folder.read(LedgerChain.FILE, Limits.FILE_BYTES);
      if (bytes.isEmpty()) {
        draft.problem(LedgerChain.FILE, "the file isn't there");
      }
      return bytes.map(read -> LedgerChain.read(read, runId, draft));
    } catch (RecordException e) {
      draft.problem(LedgerChain.FILE, e);
      return Optional.empty();
    }
  }
}
