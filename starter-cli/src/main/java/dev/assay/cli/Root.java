package dev.assay.cli;

import dev.assay.cli.db.DbCommand;
import dev.assay.cli.doctor.DoctorCommand;
import dev.assay.cli.document.PolicyCommand;
import dev.assay.cli.document.SchemaCommand;
import dev.assay.cli.keys.KeysCommand;
import dev.assay.cli.ledger.LedgerCommand;
import dev.assay.cli.quarantine.ApproveCommand;
import dev.assay.cli.quarantine.DeclineCommand;
import dev.assay.cli.quarantine.QuarantineCommand;
import dev.assay.cli.replay.ReplayCommand;
import dev.assay.cli.trust.TrustCommand;
import dev.assay.cli.up.DownCommand;
import dev.assay.cli.up.StatusCommand;
import dev.assay.cli.up.UpCommand;
import dev.assay.cli.validate.ValidateCommand;
import dev.assay.cli.worker.WorkerCommand;
import dev.assay.cli.workflow.WorkflowCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code assay} itself. A command is listed here when it works, and not before. */
@Command(
    name = "assay",
    description = "Decides whether a training run is what its record says.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ValidateCommand.class,
      QuarantineCommand.class,
      ApproveCommand.class,
      DeclineCommand.class,
      LedgerCommand.class,
      ReplayCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      WorkflowCommand.class,
      WorkerCommand.class,
      KeysCommand.class,
      TrustCommand.class,
      PolicyCommand.class,
      SchemaCommand.class,
      DbCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    footer = {"", "Example:", "  assay validate examples/mlruns --policy examples/policy.yaml"})
final class Root {
  @Mixin final GlobalOptions global = new GlobalOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  @Option(names = "--version", description = "Show which assay this is.")
  boolean version;
}
