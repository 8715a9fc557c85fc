package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.Code;
import dev.assay.model.run.RunStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What MLflow's names and codes mean, the same for its files, its database and its server. Tags:
 * MLflow docs, "System Tags"; status codes: mlflow/protos/service.proto, enum RunStatus.
 */
public final class MlflowFacts {
  public static final String SYSTEM = "mlflow";
  public static final String DATA_CONTEXT = "mlflow.data.context";

  /** How names of tags begin that Assay writes. */
  public static final String OF_ASSAY = "assay.";

  /** What MLflow's SQL stores have for infinity: the largest double, as SQL may lack infinities. */
  private static final double STORED_INFINITY = Double.MAX_VALUE;

  private MlflowFacts() {}

  /**
   * Whether a tag is Assay's own note of a verdict: no evidence of the run, or writing a verdict
   * would make the run another one. Who forges such a tag changes nothing that a check sees.
   */
  public static boolean isOfAssay(String tag) {
    return tag.startsWith(OF_ASSAY);
  }

  /** A metric's value as it was logged, of a value as SQL stores keep it. */
  public static double logged(double stored) {
    if (stored == STORED_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    return stored == -STORED_INFINITY ? Double.NEGATIVE_INFINITY : stored;
  }

  /** A status by number or name. A scheduled run hasn't ended: it counts as running. */
  static Optional<RunStatus> status(String text) {
    return switch (text) {
      case "1", "RUNNING", "2", "SCHEDULED" -> Optional.of(RunStatus.RUNNING);
      case "3", "FINISHED" -> Optional.of(RunStatus.FINISHED);
      case "4", "FAILED" -> Optional.of(RunStatus.FAILED);
      case "5", "KILLED" -> Optional.of(RunStatus.KILLED);
      default -> Optional.empty();
    };
  }

  /** Sets the status; a missing or unknown one is a problem. */
  public static void status(RunDraft draft, String where, Optional<String> text) {
    Optional<RunStatus> status = text.flatMap(MlflowFacts::status);
    if (status.isPresent()) {
      draft.status(status.get());
    } else {
      draft.problem(
          where,
          "status is %s, expected 1 (RUNNING) to 5 (KILLED)"
              .formatted(text.map(Texts::shown).orElse("missing")));
    }
  }

  /** Sets what tags and params tell of author, code, parents and seed. */
  public static void derive(
      RunDraft draft,
      String where,
      Map<String, String> tags,
      Map<String, String> params,
      Optional<String> userId) {
    Optional.ofNullable(tags.get("mlflow.user"))
        .or(() -> userId)
        .filter(user -> !user.isEmpty() && !user.equals("unknown"))
        .ifPresent(user -> draft.author(where, user));
    String commit = tags.getOrDefault("mlflow.source.git.commit", "");
    String repository = tags.getOrDefault("mlflow.source.git.repoURL", "");
    if (!commit.isEmpty() || !repository.isEmpty()) {
      draft.code(where, new Code(commit, repository, dirty(tags)));
    }
    Optional.ofNullable(tags.get("mlflow.parentRunId"))
        .filter(parent -> !parent.isEmpty())
        .ifPresent(parent -> draft.parent(where, parent));
    Optional.ofNullable(params.get("seed"))
        .filter(seed -> seed.matches("-?[0-9]{1,40}"))
        .ifPresent(seed -> draft.seed(where, seed));
  }

  private static Optional<Boolean> dirty(Map<String, String> tags) {
    return switch (tags.getOrDefault("mlflow.source.git.dirty", "").toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
