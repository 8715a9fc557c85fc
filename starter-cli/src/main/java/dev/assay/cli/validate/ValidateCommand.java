package dev.assay.cli.validate;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.document.PolicyFiles;
import dev.assay.cli.stack.Again;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.ProgramOptions;
import dev.assay.cli.stack.Stacks;
import dev.assay.connectors.SourceSpec;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Execution;
import dev.assay.worker.Stack;
import dev.assay.worker.imports.ImportListener;
import dev.assay.worker.imports.RunStaging;
import dev.assay.worker.imports.StagedRuns;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.Validations;
import dev.assay.workflows.validation.ValidationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay validate}: import, judge, quarantine, record. */
@CommandLine.Command(
    name = "validate",
    description = {
      "Judge training runs by a policy: import them, run every check, open a case for each run"
          + " that isn't shown to be good, and record all of it in the ledger.",
      "",
      "Exit 0 if every run passed, 1 if one failed, 3 if none failed but one can't be judged or"
          + " there is nothing to judge."
    },
    footer = {"", "Example:", "  assay validate examples/mlruns --policy examples/policy.yaml"})
public final class ValidateCommand implements Command {
  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description =
          "Where runs are: a path (MLflow file store, mlflow.db, rustorch folder, assay run JSON),"
              + " mlflow:URI[?experiment=NAME] (a tracking server; the URI defaults to"
              + " $MLFLOW_TRACKING_URI), or mlflow-db:PATH.")
  private List<String> sources = List.of();

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The validation policy.")
  private Path policyFile = Path.of("");

  @Option(
      names = "--dry-run",
      description = "Judge only: nothing is written to the ledger or to cases; same exit codes.")
  private boolean dryRun;

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "What to call this validation (default: it follows from the policy and the runs).")
  private @Nullable String id;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Shards judged at once, 1 to 100 (default: ${DEFAULT-VALUE}); results don't depend on"
              + " it.")
  private int parallel = 2;

  @Option(
      names = "--shard-size",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Runs a shard (default: ${DEFAULT-VALUE}); results don't depend on it.")
  private int shardSize = 1000;

  @Option(
      names = "--all-findings",
      description = "With --format json or jsonl: also findings that are PASS.")
  private boolean allFindings;

  @Option(
      names = "--detach",
      description =
          "Return when it is started, and print its workflow id; 'assay workflow wait ID' has the"
              + " result. Starts 'assay up' where no engine runs.")
  private boolean detach;

  @Option(
      names = "--cancel-on-interrupt",
      description = "At Ctrl-C cancel the validation; without it, it goes on.")
  private boolean cancelOnInterrupt;

  @Option(
      names = "--write-tags",
      description =
          "Afterwards set the tags assay.verdict, assay.validation and others of each judged run on"
              + " the tracking server that it was read from; exit 5 if one can't be set.")
  private boolean writeTags;

  @Mixin private ProgramOptions programs = new ProgramOptions();

  @Mixin private ReportOptions reports = new ReportOptions();

  @Override
  public ExitCode run(Session session) throws Exception {
    reports.require(
        session, KeptPlaces.of(session).withPolicy(policyFile).withSources(session, sources));
    if (detach) {
      reports.requireNone();
    }
    ValidationPolicy policy = policy();
    List<SourceSpec> specs =
        sources.stream().map(source -> SourceSpec.parse(source, session.environment())).toList();
    VerdictTags tags = VerdictTags.of(writeTags, dryRun, specs);
    ValidationOptions options = options();
    if (detach) {
      Detaching.require(session, dryRun, writeTags);
    }
    Stack stack = Stacks.engine(session, "validate", programs.isolation(session.environment()));
    ProgramOptions.require(policy, stack);
    stack.storage().requireAgreement(session.settings().ledger());
    if (!dryRun) {
      Checkpoints.requireSignable(session, stack);
    }
    Again again = Again.on(session, stack);
    StagedRuns staged =
        again.until("importing", () -> stage(session, stack, specs, policy)); // into a new set
    if (staged.runs() == 0) {
      session
          .output()
          .failure(
              ExitCode.NO_ANSWER,
              "nothing to judge: no run in %s".formatted(String.join(", ", sources)));
      return ExitCode.NO_ANSWER;
    }
    Validations validations = new Validations(stack, session.settings().ledger());
    StartedValidation started =
        again.until(
            "starting",
            () ->
                validations.start(
                    policy,
                    staged,
                    Optional.ofNullable(id),
                    options,
                    unfinished -> session.output().hint(ended(unfinished))));
    if (started.followed()) {
      session.output().hint("%s runs already".formatted(started.workflowId()));
    }
    if (detach) {
      return Detaching.show(session, started);
    }
    long unchecked = RecordProblems.unchecked(policy, staged.report());
    RecordedValidation recorded =
        new Following(session, stack, cancelOnInterrupt)
            .toTheEnd(started, OptionalLong.of(unchecked), allFindings);
    reports.write(session, stack, recorded);
    RecordProblems.hint(policy, unchecked).ifPresent(session.output()::hint);
    return Following.exit(recorded)
        .and(tags.write(session, stack.storage().registry(), policy, recorded));
  }

  /** Old reports go also if it can't be accepted, but never a file that it is made of. */
  private ValidationPolicy policy() throws IOException {
    List<Path> included = new ArrayList<>();
    try {
      return PolicyFiles.read(policyFile, included::add);
    } finally {
      KeptPlaces kept = KeptPlaces.none();
      for (Path file : included) {
        kept = kept.with(file, "a file of the policy");
      }
      reports.requireOutside(kept);
      reports.removeOld();
    }
  }

  private ValidationOptions options() {
    if (parallel < 1 || parallel > ValidationOptions.MAX_PARALLELISM) {
      throw new UsageException(
          "--parallel %d: from 1 to %d shards can be judged at once"
              .formatted(parallel, ValidationOptions.MAX_PARALLELISM));
    }
    if (shardSize < 1) {
      throw new UsageException("--shard-size %d: a shard has at least 1 run".formatted(shardSize));
    }
    return new ValidationOptions(parallel, shardSize, dryRun, true);
  }

  private static String ended(Execution unfinished) {
    return switch (unfinished.state()) {
      case ALLOCATED ->
          "%s was started and never planned: its process ended early; nothing was recorded"
              .formatted(unfinished.workflowId());
      case STARTED, SEALED, ABANDONED ->
          "%s was never sealed: it ended early; recorded as abandoned"
              .formatted(unfinished.workflowId());
    };
  }

  private static StagedRuns stage(
      Session session, Stack stack, List<SourceSpec> specs, ValidationPolicy policy) {
    try (Progress progress = session.progress("importing", "runs")) {
      int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
      return new RunStaging(stack.storage().registry(), workers)
          .stage(
              specs,
              policy.needsDigests(),
              new ImportListener() {
                @Override
                public void expected(long runs) {
                  progress.total(runs);
                }

                @Override
                public void stored(long runs) {
                  progress.done(runs);
                }
              });
    }
  }
}
