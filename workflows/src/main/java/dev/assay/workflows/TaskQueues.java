package dev.assay.workflows;

import java.util.List;

/** The task queues, by kind of work; docs/design/engine.md says who serves which. */
public final class TaskQueues {
  /** Workflow tasks; activities that plan, record, seal and digest histories. */
  public static final String WORK = "assay";

  /** Judging shards: CPU. */
  public static final String JUDGE = "assay-judge";

  /** Signing checkpoints, nothing else: never served by what runs users' programs. */
  public static final String SIGNER = "assay-signer";

  /** Programs that users name. */
  public static final String COMMANDS = "assay-commands";

  /** What one process serves that runs no user's program. */
  public static final List<String> BUILT_IN = List.of(WORK, JUDGE, SIGNER);

  private TaskQueues() {}
}
