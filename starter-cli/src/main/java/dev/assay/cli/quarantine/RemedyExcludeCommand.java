package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.Remedy;
import dev.assay.model.run.RunDiff;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParentCommand;

/** {@code assay quarantine remediate CASE exclude}. */
@CommandLine.Command(
    name = "exclude",
    description = {
      "Keep the run out of comparisons, until another remedy, a release or 'quarantine reopen'.",
      "",
      "The run isn't judged again: exit 0 when it is on record."
    },
    footer = {"", "Example:", "  assay quarantine remediate c-8210c81c9fdd exclude"})
final class RemedyExcludeCommand implements Command {
  @ParentCommand private QuarantineRemediateCommand asked = new QuarantineRemediateCommand();

  @Override
  public ExitCode run(Session session) throws Exception {
    return new RemedyWork(session, asked, new Exclude()).run();
  }

  private static final class Exclude implements Remedying {
    @Override
    public Remedy.Kind kind() {
      return Remedy.Kind.EXCLUDE;
    }

    @Override
    public Worked work(HeldCase held) {
      if (held.shown().excluded()) {
        return Worked.already(held.evidence());
      }
      return new Worked(
          held.evidence(),
          List.of(
              new RunDiff.Change(
                  "comparisons", Optional.of("takes part"), Optional.of("excluded"))),
          Optional.empty(),
          Optional.empty(),
          true);
    }
  }
}
