package dev.assay.cli.stack;

import dev.assay.activities.checkpoint.CheckpointSource.SignedEnd;
import dev.assay.cli.base.Session;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.worker.Stack;
import dev.assay.worker.checkpoints.RemoteSigner;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import java.util.List;
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
   * @param cosignerKey likewise for its second signature, if it has one
   */
  public record Signed(
      Checkpoint checkpoint, SignedNote note, String verifierKey, Optional<String> cosignerKey) {}

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
    hintUnpublished(session, end.unpublished());
    return new Signed(
        end.checkpoint(),
        end.note(),
        end.key().toString(),
        end.cosigner().map(VerifierKey::toString));
  }

  /**
   * Before something is appended: that this home may sign it afterwards. A signer elsewhere looks
   * to that itself.
   *
   * @throws dev.assay.evidence.CheckpointRefusedException if another key has signed the ledger
   */
  public static void requireSignable(Session session, Stack stack) {
    if (!stack.chosen().workersElsewhere()) {
      stack.storage().requireFirstSigner(session.settings().ledger());
    }
  }

  /**
   * A checkpoint that came through the engine: shown only if the ledger's own key has signed it,
   * and kept in this home, which can then check the ledger against it.
   *
   * @throws CheckpointContradictedException if it is no checkpoint of that key, contradicts an
   *     earlier one, or came with a key that isn't the one seen before
   * @throws dev.assay.worker.storage.LedgerContradictedException if the ledger is not, or not all
   *     of, what was signed
   */
  public static Signed checked(Session session, Stack stack, SignedCheckpoint signed) {
    signed.warning().ifPresent(session.output()::hint);
    hintUnpublished(session, signed.unpublished());
    String ledger = session.settings().ledger();
    if (!(stack.chosen() instanceof ChosenEngine.Configured)
        && !stack.storage().signsHere(ledger)) {
      throw new CheckpointContradictedException(
          "ledger %s: a checkpoint came through the engine, but this home's signer has signed nothing. Whoever completed that activity is not the signer"
              .formatted(ledger));
    }
    try {
      SignedNote note = SignedNote.parse(signed.note());
      VerifierKey key = VerifierKey.parse(signed.verifierKey());
      note.verify(key);
      signed.cosignerKey().map(VerifierKey::parse).ifPresent(note::verify);
      requireOwnSigner(stack, ledger, key);
      stack.storage().keep(ledger, note, key);
      stack.storage().requireAgreement(ledger);
      return new Signed(
          Checkpoint.parse(note.text()), note, signed.verifierKey(), signed.cosignerKey());
    } catch (NoteException | NoteSignatureException e) {
      throw new CheckpointContradictedException(
          "ledger %s: what the engine gave as a checkpoint isn't one: %s. Whoever completed that activity is not the signer"
              .formatted(ledger, e.getMessage()));
    }
  }

  /** A dead anchor stops nothing, so it must be told: once a command, for all of them. */
  private static void hintUnpublished(Session session, List<String> unpublished) {
    if (!unpublished.isEmpty()) {
      session
          .output()
          .hint("the checkpoint is signed, but not published: " + String.join("; ", unpublished));
    }
  }

  /** The signer of {@code up} makes its key in this home before it answers. */
  private static void requireOwnSigner(Stack stack, String ledger, VerifierKey key) {
    if (stack.chosen() instanceof ChosenEngine.Up && !stack.storage().signsHere(ledger)) {
      throw new CheckpointContradictedException(
          "KEY_SUBSTITUTED: a checkpoint of ledger %s came signed by %s, but this home's signer has signed nothing: somebody completed the activity SignCheckpoint; look for who else can reach the engine"
              .formatted(ledger, key));
    }
  }
}
