package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.Stack;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code assay ledger checkpoint}. */
@CommandLine.Command(
    name = "checkpoint",
    description = {
      "Sign the ledger's present end and print the checkpoint, a C2SP signed note.",
      "",
      "Keep it outside this machine: with it, nobody can cut or rewrite what it covers unseen."
    },
    footer = {"", "Example:", "  assay ledger checkpoint > checkpoint.txt"})
final class CheckpointCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    Stack stack = Stacks.stores(session, "ledger checkpoint");
    Checkpoints.requireSignable(session, stack);
    Checkpoints.Signed signed = Checkpoints.sign(session, stack);
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("key", signed.verifierKey())
                .with(
                    "keys",
                    JsonValue.strings(
                        Stream.concat(
                                Stream.of(signed.verifierKey()), signed.cosignerKey().stream())
                            .toList()))
                .with("note", signed.note().toString())
                .with("origin", signed.checkpoint().origin())
                .with("root", signed.checkpoint().root().hex())
                .with("size", signed.checkpoint().size()),
            out -> out.verbatim(signed.note().toString()));
    return ExitCode.YES;
  }
}
