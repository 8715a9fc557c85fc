package dev.assay.workflows.validation;

import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Objects;

/** Brings verdicts into the ledger, and cases into being. */
@ActivityInterface
public interface RecordingActivities {
  /**
   * Checks the signature, reads the findings from the registry, appends a {@code run.verdict} entry
   * a run and opens cases. Safe to repeat.
   */
  @ActivityMethod(name = "RecordShard")
  RecordedShard record(RecordRequest request);

  /**
   * A shard to record.
   *
   * @param ledger the ledger's name
   * @param dryRun only check and count
   * @param shard the worker's signed result
   */
  record RecordRequest(String ledger, boolean dryRun, SignedShard shard) {}

  /**
   * What was recorded.
   *
   * @param counts the shard's runs by verdict
   * @param firstIndex lowest ledger index, -1 if nothing was appended
   * @param lastIndex highest ledger index, -1 if nothing was appended
   */
  record RecordedShard(VerdictCounts counts, long firstIndex, long lastIndex) {
    public RecordedShard {
      Objects.requireNonNull(counts, "counts");
    }
  }
}
