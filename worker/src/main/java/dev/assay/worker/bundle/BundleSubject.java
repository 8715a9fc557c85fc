package dev.assay.worker.bundle;

import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;

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
   * @throws BundleException for anything else
   */
  static BundleSubject fromJson(JsonObject json) {
    if (json.members().get("id") instanceof JsonString(String id)
        && json.members().get("kind") instanceof JsonString(String kind)) {
      switch (kind) {
        case "run" -> {
          return new Run(id);
        }
        case "workflow" -> {
          return new Workflow(id);
        }
        default -> {}
      }
    }
    throw new BundleException("bundle.json: its subject is neither a run nor a workflow");
  }
}
