package dev.assay.model.check;

import dev.assay.model.run.Artifact;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.run.RunStatus;
import dev.assay.model.run.Source;
import java.util.Optional;

/** Runs made by hand, for tests. */
public final class Runs {
  private Runs() {}

  /** A run without anything. */
  public static RunBuilder empty() {
    return new RunBuilder(new Source("assay", "test.json"), "r1").experiment("sk-wine");
  }

  /** A run that passes the example policy: 12 epochs of falling loss. */
  public static RunBuilder good() {
    RunBuilder run = withoutMetrics();
    for (int epoch = 0; epoch < 12; epoch++) {
      run.metric("val_loss").add(epoch, MetricSeries.NO_TIME, 1.0 / (epoch + 1));
      run.metric("train_loss").add(epoch, MetricSeries.NO_TIME, 0.9 / (epoch + 1));
    }
    run.metric("val_accuracy").add(0, MetricSeries.NO_TIME, 0.97);
    return run;
  }

  /** A run that says everything but numbers. */
  public static RunBuilder withoutMetrics() {
    return empty()
        .status(RunStatus.FINISHED)
        .tag("git.commit", "f".repeat(40))
        .param("lr", "0.01")
        .artifact(new Artifact("model/MLmodel", 10, Optional.empty()));
  }

  /** The run as evidence, without digests of artifacts. */
  public static RunEvidence evidence(RunBuilder run) {
    return evidence(run.build());
  }

  /** As {@link #evidence(RunBuilder)}. */
  public static RunEvidence evidence(Run run) {
    return new RunEvidence(run, Optional.empty(), Optional.empty());
  }
}
