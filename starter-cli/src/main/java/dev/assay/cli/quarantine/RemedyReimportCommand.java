package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.Remedy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code assay quarantine remediate CASE reimport}. */
@CommandLine.Command(
    name = "reimport",
    description = {
      "Read the run again, after its source was mended, and judge it.",
      "",
      "Exactly this run: SOURCE may hold others, which are left alone; one that hasn't it is exit 2."
    },
    footer = {"", "Example:", "  assay quarantine remediate c-8210c81c9fdd reimport --dry-run"})
final class RemedyReimportCommand implements Command {
  @ParentCommand private QuarantineRemediateCommand asked = new QuarantineRemediateCommand();

  // Null if not given: picocli's way to say so.
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description =
          "Where to read it, as 'assay validate' takes it (default: where the held run was read).")
  private @Nullable String source;

  @Override
  public ExitCode run(Session session) throws Exception {
    return new RemedyWork(session, asked, new Reimport(session)).run();
  }

  private final class Reimport implements Remedying {
    private final Session session;

    Reimport(Session session) {
      this.session = session;
    }

    @Override
    public Remedy.Kind kind() {
      return Remedy.Kind.REIMPORT;
    }

    @Override
    public Worked work(HeldCase held) {
      return Worked.of(
          new SourceReading(held, session.environment()).read(Optional.ofNullable(source)));
    }
  }
}
