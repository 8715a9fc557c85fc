package dev.assay.cli.stack;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.cli.base.Session;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.Stack;
import dev.assay.worker.checkpoints.RemoteSigner;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import java.util.Optional;

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
      return checked(session, stack, new RemoteSigner(stack.remoteEngine().engine()).sign(ledger));
    }
    SignedEnd end = stack.storage().signEnd(ledger);
    end.warning().ifPresent(session.output()::hint);
    return new Signed(end.checkpoint(), end.note(), end.key().toString());
  }

  /**
   * A checkpoint that came through the engine, where anyone can say that it is signed: it is shown
   * if it is about this ledger, and signed by the key of this home's signer. Where the signer has
   * another home, its own key must do: whoever verifies the ledger names the key.
   *
   * @throws CheckpointRefusedException if not
   */
  public static Signed checked(Session session, Stack stack, SignedCheckpoint signed) {
    String ledger = session.settings().ledger();
    signed.warning().ifPresent(session.output()::hint);
    SignedNote note;
    Checkpoint checkpoint;
    VerifierKey key;
    try {
      note = SignedNote.parse(signed.note());
      checkpoint = Checkpoint.parse(note.text());
      key = VerifierKey.parse(signed.verifierKey());
      note.verify(key);
    } catch (NoteException | NoteSignatureException e) {
      throw refused(ledger, String.valueOf(e.getMessage()));
    }
    requireSigner(stack, ledger, key);
    Checkpoint end = stack.storage().reader(ledger).head().checkpoint();
    boolean covered =
        checkpoint.origin().equals(end.origin())
            && (checkpoint.size() == end.size()
                ? checkpoint.root().equals(end.root())
                : checkpoint.size() < end.size());
    if (!covered) {
      throw refused(
          ledger,
          "it says size %d and root %s of %s, the ledger's end is %d, %s of %s"
              .formatted(
                  checkpoint.size(),
                  checkpoint.root(),
                  checkpoint.origin(),
                  end.size(),
                  end.root(),
                  end.origin()));
    }
    return new Signed(checkpoint, note, signed.verifierKey());
  }

  /** The signer writes what it signed into its home before it answers. */
  private static void requireSigner(Stack stack, String ledger, VerifierKey key) {
    Optional<VerifierKey> ours =
        stack.storage().pinnedCheckpoint(ledger).map(PinnedCheckpoint::key);
    if (ours.isEmpty() && stack.chosen() instanceof ChosenEngine.Configured) {
      return;
    }
    if (!ours.equals(Optional.of(key))) {
      throw refused(
          ledger,
          "%s signed it, where %s"
              .formatted(
                  key,
                  ours.map("this home's key is %s"::formatted)
                      .orElse("this home's signer has signed nothing")));
    }
  }

  private static CheckpointRefusedException refused(String ledger, String why) {
    return new CheckpointRefusedException(
        "ledger %s: what came through the engine in place of a signed checkpoint is none of its signer's: %s. Somebody completed the activity SignCheckpoint; look for who else can reach the engine"
            .formatted(ledger, why));
  }
}
