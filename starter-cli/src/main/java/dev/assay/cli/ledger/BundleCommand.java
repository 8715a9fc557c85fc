package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OutFile;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.registry.Execution;
import dev.assay.worker.Stack;
import dev.assay.worker.bundle.BundleException;
import dev.assay.worker.bundle.BundleSubject;
import dev.assay.worker.bundle.Bundler;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay ledger bundle}. */
@CommandLine.Command(
    name = "bundle",
    description = {
      "Put what an auditor needs of one run, or of one workflow, into a zip file: entries with their"
          + " proofs, a signed checkpoint, the documents that they refer to, and a page that explains"
          + " it.",
      "",
      "Check it anywhere, without a server: 'assay ledger verify --bundle F.zip --key VKEY', or with"
          + " tools/verify_bundle.py."
    },
    footer = {"", "Example:", "  assay ledger bundle --for validate/nightly#1 --out nightly.zip"})
final class BundleCommand implements Command {
  @Option(
      names = "--for",
      required = true,
      paramLabel = "RUN|WORKFLOW",
      description =
          "A workflow's id, without #n its latest; else a run: its id, the beginning of its id or"
              + " digest, or system/experiment/run id.")
  private String subject = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "F.zip",
      description = "The file to write.")
  private Path out = Path.of("");

  @Option(names = "--force", description = "Replace the file of --out if it is there already.")
  private boolean force;

  @Override
  public ExitCode run(Session session) throws Exception {
    OutFile.require(out, force);
    Stack stack = Stacks.stores(session, "ledger bundle");
    LedgerReader reader = stack.storage().reader(session.settings().ledger());
    reader.head(); // a ledger that isn't there is not made by bundling it
    BundleSubject wanted = wanted(stack, reader);
    Checkpoints.Signed signed = Checkpoints.sign(session, stack);
    Bundler.Written written;
    try (Progress progress = session.progress("bundling", "entries")) {
      written =
          new Bundler(
                  reader,
                  stack.storage().lookups(reader.name()),
                  Ledgers.tiles(stack.storage().dataSource(), reader.name()),
                  stack.storage().registry())
              .write(
                  wanted,
                  signed.note(),
                  VerifierKey.parse(signed.verifierKey()),
                  out,
                  progress::done);
    } catch (BundleException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("documents", written.documents())
                .with("entries", written.entries())
                .with("key", signed.verifierKey())
                .with("origin", written.checkpoint().origin())
                .with("out", out.toString())
                .with("root", written.checkpoint().root().hex())
                .with("size", written.checkpoint().size())
                .with("subject", written.subject().toJson()),
            text -> {
              text.line(
                  "%s: %s and %s about %s %s"
                      .formatted(
                          out,
                          Count.of(written.entries(), "entry", "entries"),
                          Count.of(written.documents(), "document", "documents"),
                          written.subject().kind(),
                          written.subject().id()));
              text.line("give it with the ledger's key, on another way: " + signed.verifierKey());
            });
    return ExitCode.YES;
  }

  /** A workflow if there is one of this id, else a run. */
  private BundleSubject wanted(Stack stack, LedgerReader reader) {
    String id = subject.startsWith("validate/") ? subject : "validate/" + subject;
    var executions = stack.storage().registry().executions();
    Optional<Execution> execution =
        id.contains("#")
            ? executions.find(id)
            : executions.latest("validate", id.substring("validate/".length()));
    if (execution.isEmpty() && subject.startsWith("validate/")) {
      throw new UsageException(
          "--for: there is no validation '%s'; 'assay ledger log --kind validation.planned' lists them"
              .formatted(subject));
    }
    return execution
        .<BundleSubject>map(found -> new BundleSubject.Workflow(found.workflowId()))
        .orElseGet(
            () ->
                new BundleSubject.Run(
                    new RunSubjects(stack.storage().registry(), reader, "--for").of(subject)));
  }
}
