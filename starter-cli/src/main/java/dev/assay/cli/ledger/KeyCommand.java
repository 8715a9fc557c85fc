package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.storage.HomeCheckpoints;
import java.util.Optional;
import picocli.CommandLine;

/** {@code assay ledger key}. */
@CommandLine.Command(
    name = "key",
    description = {
      "Print the verifier key of the ledger's checkpoints, as this home knows it: what an outsider"
          + " needs to check a bundle, a proof, an export or the ledger.",
      "",
      "Publish it on another way than the evidence. Exit 3 if nothing was signed yet."
    },
    footer = {"", "Example:", "  assay ledger key > ledger.vkey"})
final class KeyCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    String ledger = session.settings().ledger();
    Optional<PinnedCheckpoint> last = HomeCheckpoints.last(session.settings().home(), ledger);
    if (last.isEmpty()) {
      session
          .output()
          .failure(
              ExitCode.NO_ANSWER,
              "%s has no checkpoint of ledger %s yet; 'assay ledger checkpoint' signs one"
                  .formatted(session.settings().home(), ledger));
      return ExitCode.NO_ANSWER;
    }
    String key = last.get().key().toString();
    session.output().document(JsonObject.EMPTY.with("key", key), out -> out.line(key));
    return ExitCode.YES;
  }
}
