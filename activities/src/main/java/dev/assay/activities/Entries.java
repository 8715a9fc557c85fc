package dev.assay.activities;

import dev.assay.ledger.Correlation;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the entries of activities have in common. */
public final class Entries {
  /** The ledger's bound on a subject, in bytes of UTF-8. */
  private static final int MAX_SUBJECT = 1024;

  private Entries() {}

  /** How entries name a run: its identity, or the digest of one too long to be written out. */
  public static String subject(RunIdentity identity) {
    String text = identity.toString();
    boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= MAX_SUBJECT;
    return fits && text.chars().noneMatch(c -> c < 0x20 || c == 0x7f)
        ? text
        : "sha256:" + key(identity);
  }

  /** A key part of bounded length for an identity; the three names can't run into each other. */
  public static String key(RunIdentity identity) {
    return Sha256.of(
            (identity.system() + "\0" + identity.experiment() + "\0" + identity.runId())
                .getBytes(StandardCharsets.UTF_8))
        .hex();
  }

  /** The activity that runs now. */
  public static Correlation correlation() {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    return new Correlation(
        Objects.requireNonNullElse(info.getWorkflowId(), ""),
        Objects.requireNonNullElse(info.getWorkflowRunId(), ""),
        info.getActivityType());
  }
}
