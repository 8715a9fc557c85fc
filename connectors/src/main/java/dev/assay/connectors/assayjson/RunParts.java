package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.ArtifactPaths;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Code;
import dev.assay.model.run.RunStatus;
import java.util.List;
import java.util.Optional;

/** What the members of a run may say, whoever reads them. */
final class RunParts {
  static final String API_VERSION = "assay/v1";
  static final String KIND = "Run";
  static final String SCHEMA = "assay/run/v1";
  static final List<String> DATASET_KEYS = List.of("name", "digest", "context");
  static final List<String> ARTIFACT_KEYS = List.of("path", "size", "sha256");
  static final List<String> CODE_KEYS = List.of("commit", "repository", "dirty");

  private static final int MOST_SEED_DIGITS = 40;

  private RunParts() {}

  /** The status of that name; empty if there is none. */
  static Optional<RunStatus> status(String name) {
    for (RunStatus status : RunStatus.values()) {
      if (status.name().equals(name)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Whether the text is an integer of at most 40 digits. */
  static boolean isSeed(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    if (digits == 0 || digits > MOST_SEED_DIGITS) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * An artifact.
   *
   * @throws NumberFormatException if its size is none
   * @throws IllegalArgumentException if its digest is none, or its size below 0
   * @throws RecordException if its path leaves the run
   */
  static Artifact artifact(TextMembers members) throws RecordException {
    Optional<Sha256> digest =
        members.get("sha256").isEmpty()
            ? Optional.empty()
            : Optional.of(new Sha256(members.get("sha256")));
    long size = Long.parseLong(members.get("size"));
    return new Artifact(ArtifactPaths.checked(members.get("path")), size, digest);
  }

  static Code code(TextMembers members) {
    Optional<Boolean> dirty =
        switch (members.get("dirty")) {
          case "true" -> Optional.of(true);
          case "false" -> Optional.of(false);
          default -> Optional.empty();
        };
    return new Code(members.get("commit"), members.get("repository"), dirty);
  }
}
