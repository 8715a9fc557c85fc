package dev.assay.cli.trust;

import dev.assay.activities.trust.TrustLog;
import dev.assay.activities.trust.TrustState.Current;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OutFile;
import dev.assay.cli.base.Session;
import dev.assay.cli.keys.KeyOption;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.SigningKey;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.trust.Trust;
import dev.assay.model.trust.TrustChange;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay trust propose}. */
@CommandLine.Command(
    name = "propose",
    description = {
      "Sign that a Trust document is to follow the one in force, and write both to a file for the"
          + " others who must sign. Nothing is recorded yet.",
      "",
      "The others, and whoever signs last: 'assay trust accept'."
    },
    footer = {"", "Example:", "  assay trust propose trust-2.yaml --key alice --out change.json"})
final class TrustProposeCommand implements Command {
  @Parameters(paramLabel = "FILE", description = "The new Trust document.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "CHANGE.json",
      description = "The file to write.")
  private Path out = Path.of("");

  @Option(names = "--force", description = "Replace the file of --out if it is there already.")
  private boolean force;

  @Mixin private KeyOption by = new KeyOption();

  @Override
  public ExitCode run(Session session) throws Exception {
    OutFile.require(out, force);
    Trust trust = TrustFiles.read(file);
    SigningKey key = by.require(session);
    Stack stack = Stacks.reading(session, "trust propose");
    Current state = HomeTrust.of(stack, session.settings().ledger()).require();
    TrustChange change = TrustLog.following(state, trust);
    Envelope envelope = Envelope.sign(change.statement(), ChangeText.requireCounts(state, key));
    new ChangeFile(trust, envelope).write(out);
    if (!trust.canChange()) {
      session.output().hint(TrustFiles.UNCHANGEABLE);
    }
    var missing = TrustLog.missing(state, envelope);
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("digest", change.next().hex())
                .with("missing", ChangeText.json(missing))
                .with("ordinal", change.ordinal())
                .with("out", out.toString())
                .with("previous", change.previous().hex()),
            text -> {
              text.line("%s: change %d, %s".formatted(out, change.ordinal(), change.next()));
              text.line("%s; next: assay trust accept %s".formatted(ChangeText.text(missing), out));
            });
    return ExitCode.YES;
  }
}
