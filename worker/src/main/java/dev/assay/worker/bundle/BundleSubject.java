package dev.assay.worker.bundle;

import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;

/** What a bundle is about. */
public sealed interface BundleSubject {
  /**
   * One run: what the ledger says of it, in every validation.
   *
   * @param id its identity as the subject of its entries
   */
  record Run(String id) implements BundleSubject {}

  /**
   * One workflow: what it recorded, of every run.
   *
   * @param id with its ordinal, {@code validate/<id>#<n>}
   */
  record Workflow(String id) implements BundleSubject {}

  /** The run's identity, or the workflow's id. */
  String id();

  /** {@code run} or {@code workflow}. */
  default String kind() {
    return switch (this) {
      case Run _ -> "run";
      case Workflow _ -> "workflow";
    };
  }

  /** For the manifest. */
  default JsonObject toJson() {
    return JsonObject.EMPTY.with("id", id()).with("kind", kind());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws JsonException for anything else
   */
  static BundleSubject fromJson(JsonValue json) {
    StrictJson subject = new StrictJson(json, "id", "kind");
    return switch (subject.text("kind")) {
      case "run" -> new Run(subject.text("id"));
      case "workflow" -> new Workflow(subject.text("id"));
      default -> throw new JsonException("its subject is neither a run nor a workflow");
    };
  }
}
