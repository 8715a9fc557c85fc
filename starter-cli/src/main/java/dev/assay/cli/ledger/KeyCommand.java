package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.NoteSignatureException;
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
              HomeCheckpoints.lost(session.settings().home(), ledger)
                  .orElseGet(
                      () ->
                          "%s has no checkpoint of ledger %s yet; 'assay ledger checkpoint' signs one"
                              .formatted(session.settings().home(), ledger)));
      return ExitCode.NO_ANSWER;
    }
    requireSigned(ledger, last.get());
    String key = last.get().key().toString();
    session.output().document(JsonObject.EMPTY.with("key", key), out -> out.line(key));
    return ExitCode.YES;
  }

  /** Never prints a key for others to trust that signed nothing. */
  static void requireSigned(String ledger, PinnedCheckpoint last) {
    try {
      last.note().verify(last.key());
    } catch (NoteSignatureException e) {
      throw new CheckpointContradictedException(
          "%s: ledger %s: %s wasn't signed as it is with this home's key %s+%s: %s. Restore the home's folder keys from a backup, and find out who wrote there"
              .formatted(
                  e.reason() == NoteSignatureException.Reason.FORGED
                      ? "CHECKPOINT_FORGED"
                      : "KEY_SUBSTITUTED",
                  ledger,
                  last.source(),
                  last.key().name(),
                  last.key().idHex(),
                  e.getMessage()));
    }
  }
}
