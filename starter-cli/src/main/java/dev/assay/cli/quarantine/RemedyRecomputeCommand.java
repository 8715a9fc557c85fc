package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.model.cases.Remedy;
import dev.assay.model.remedy.Derived;
import dev.assay.model.remedy.RemedyException;
import dev.assay.model.remedy.SummaryRecomputation;
import dev.assay.model.run.RunEvidence;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParentCommand;

/** {@code assay quarantine remediate CASE recompute-summary}. */
@CommandLine.Command(
    name = "recompute-summary",
    description = {
      "Take what the metrics give in the place of a summary that disagrees with them, and judge the"
          + " run.",
      "",
      "The result is a new revision that names the document with the differences; the original"
          + " stays. Only rustorch records summaries."
    },
    footer = {
      "",
      "Example:",
      "  assay quarantine remediate c-8210c81c9fdd recompute-summary --dry-run"
    })
final class RemedyRecomputeCommand implements Command {
  @ParentCommand private QuarantineRemediateCommand asked = new QuarantineRemediateCommand();

  @Override
  public ExitCode run(Session session) throws Exception {
    return new RemedyWork(session, asked, new Recompute()).run();
  }

  private static final class Recompute implements Remedying {
    @Override
    public Remedy.Kind kind() {
      return Remedy.Kind.RECOMPUTE_SUMMARY;
    }

    @Override
    public Worked work(HeldCase held) {
      RunEvidence now = held.evidence();
      if (Derived.document(now.run(), kind()).isPresent()) {
        return Worked.already(now);
      }
      try {
        SummaryRecomputation found = SummaryRecomputation.of(now.run(), held.file().runDigest());
        return Worked.of(
                new RunEvidence(found.applyTo(now.run()), now.artifactsNow(), now.artifactsFirst()))
            .with(new Paper(SummaryRecomputation.KIND, found.encode(), Optional.empty()));
      } catch (RemedyException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }
  }
}
