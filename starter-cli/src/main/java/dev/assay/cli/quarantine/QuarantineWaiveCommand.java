package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine waive}. */
@CommandLine.Command(
    name = "waive",
    description = {
      "Let a run go on for a time although it didn't pass; the case opens again afterwards.",
      "",
      "Proposes it where the policy asks for approvals."
    },
    footer = {
      "",
      "Example:",
      "  assay quarantine waive c-8210c81c9fdd --for P7D --reason retraining"
    })
final class QuarantineWaiveCommand implements Command {
  /** A policy allows no longer one: ten years. */
  private static final Duration LONGEST = Duration.ofDays(3_660);

  @Mixin private final CaseArgument given = new CaseArgument();

  @Option(
      names = "--for",
      required = true,
      paramLabel = "DURATION",
      description = "How long, as ISO-8601, from now; at most what the policy allows (waiverMax).")
  private String length = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; the ledger has a commitment to it, not the text.")
  private String reason = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    Instant until =
        session
            .clock()
            .instant()
            .plus(DurationOption.parse("--for", length, LONGEST))
            .truncatedTo(ChronoUnit.SECONDS);
    CaseWork work = CaseWork.on(session, "waive", given.id());
    return work.ask(
        CaseAction.WAIVE,
        CaseAsk.waiver(until.toString(), work.texts().keepIfGiven("--reason", reason)));
  }
}
