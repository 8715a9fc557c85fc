package dev.assay.evidence;

/**
 * A place outside the database that remembers checkpoints: what it holds, nobody who rewrites the
 * ledger can take back. An anchor that is dead stops nothing; whoever publishes says so and goes
 * on. The newest checkpoint covers all that was missed.
 */
public interface Anchor {
  /** For people: what it is and where. */
  String name();

  /**
   * Puts a signed checkpoint there. Safe to repeat: what is there already stays as it is. May take
   * as long as the disk or network behind it does.
   *
   * @throws AnchorException if it isn't there afterwards, as far as is known
   * @throws NoteException if the note is no checkpoint
   */
  void publish(SignedNote checkpoint);

  /**
   * Whether it has the checkpoint.
   *
   * @throws AnchorException if it can't be asked
   */
  boolean has(SignedNote checkpoint);
}
