package dev.assay.cli.stack;

import dev.assay.cli.base.Session;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.worker.storage.Storage;

/** The checkpoint that ends every command which appended. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * A signed head.
   *
   * @param head the ledger's end when it was signed
   * @param note the signed checkpoint
   * @param verifierKey the key to check it with, as a vkey
   */
  public record Signed(LedgerHead head, SignedNote note, String verifierKey) {}

  /**
   * Signs the present head of the session's ledger; says so first if an earlier checkpoint of it is
   * gone, because this one hides the loss.
   *
   * @throws dev.assay.evidence.CheckpointRefusedException if the ledger contradicts what was signed
   *     before
   */
  public static Signed sign(Session session, Storage storage) {
    String ledgerName = session.settings().ledger();
    storage.lostCheckpoint(ledgerName).ifPresent(session.output()::hint);
    Ledger ledger = storage.ledger(ledgerName);
    CheckpointSigner signer = storage.signer(ledgerName, ledger.origin());
    LedgerHead head = ledger.head();
    return new Signed(head, signer.sign(head.checkpoint()), signer.verifierKey().toString());
  }
}
