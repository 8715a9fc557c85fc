package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.RunStatus;
import dev.assay.model.run.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs and names for tests. */
final class TestRuns {
  private TestRuns() {}

  static RunIdentity identity(String runId) {
    return new RunIdentity("mlflow", "wine", runId);
  }

  static Sha256 digest(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }

  static Run run(String system, String runId, int points) {
    RunBuilder builder =
        new RunBuilder(new Source(system, "/data/" + runId), runId)
            .name("run " + runId)
            .experiment("wine")
            .status(RunStatus.FINISHED)
            .started(Instant.parse("2026-01-02T03:04:05.678901Z"))
            .param("lr", "0.01")
            .tag("git.commit", "0123456789012345678901234567890123456789");
    RandomGenerator random = new SplittableRandom(runId.hashCode());
    var loss = builder.metric("val_loss");
    for (int i = 0; i < points; i++) {
      loss.add(i, 1_767_323_045_000_000L + i * 1_000_003L, random.nextDouble());
    }
    return builder.build();
  }

  static Run run(String runId) {
    return run("mlflow", runId, 3);
  }
}
