package dev.assay.cli.stack;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.cli.base.Session;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.Stack;
import dev.assay.worker.checkpoints.RemoteSigner;
import dev.assay.workflows.checkpoint.SignedCheckpoint;

/** The checkpoint that ends every command which appended. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * A signed end of a ledger.
   *
   * @param checkpoint what was signed
   * @param note the signed checkpoint
   * @param verifierKey the key to check it with, as a vkey
   */
  public record Signed(Checkpoint checkpoint, SignedNote note, String verifierKey) {}

  /**
   * Signs the present end of the session's ledger: here, or by the signer where that is another
   * process. Says if an earlier checkpoint of it is gone, because this one hides the loss.
   *
   * @throws dev.assay.evidence.CheckpointRefusedException if the ledger contradicts what was signed
   *     before
   */
  public static Signed sign(Session session, Stack stack) throws InterruptedException {
    String ledger = session.settings().ledger();
    if (stack.chosen().workersElsewhere()) {
      return checked(session, new RemoteSigner(stack.remoteEngine().engine()).sign(ledger));
    }
    SignedEnd end = stack.storage().signEnd(ledger);
    end.warning().ifPresent(session.output()::hint);
    return new Signed(end.checkpoint(), end.note(), end.key().toString());
  }

  /**
   * A checkpoint that came through the engine: shown only if its own key has signed it.
   *
   * @throws NoteException if not
   */
  public static Signed checked(Session session, SignedCheckpoint signed) {
    signed.warning().ifPresent(session.output()::hint);
    SignedNote note = SignedNote.parse(signed.note());
    note.verify(VerifierKey.parse(signed.verifierKey()));
    return new Signed(Checkpoint.parse(note.text()), note, signed.verifierKey());
  }
}
