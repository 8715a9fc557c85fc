package dev.assay.worker.bundle;

import dev.assay.evidence.Checkpoint;
import java.util.List;

/**
 * What checking a bundle found.
 *
 * @param checkpoint what its entries are proven under
 * @param trusted whether a key from outside the bundle verified the checkpoint
 * @param entries how many were checked
 * @param documents how many were checked
 * @param issues at most {@link #MAX_LISTED}
 * @param missing documents that entries refer to and the bundle doesn't have; at most {@link
 *     #MAX_LISTED}
 */
public record BundleReport(
    BundleSubject subject,
    Checkpoint checkpoint,
    boolean trusted,
    long entries,
    long documents,
    List<BundleIssue> issues,
    List<String> missing) {
  /** Most issues, and most missing documents, that are listed. */
  public static final int MAX_LISTED = 1_000;

  public BundleReport {
    issues = List.copyOf(issues);
    missing = List.copyOf(missing);
  }

  /** The answer. */
  public enum Status {
    /** Everything is there, agrees, and is signed by the trusted key. */
    INTACT,
    /** Something disagrees. */
    TAMPERED,
    /** Nothing disagrees, but evidence is missing, or no trusted key was given. */
    INDETERMINATE
  }

  /** The answer; disagreement outweighs what is missing. */
  public Status status() {
    if (!issues.isEmpty()) {
      return Status.TAMPERED;
    }
    return trusted && missing.isEmpty() ? Status.INTACT : Status.INDETERMINATE;
  }
}
