package dev.assay.activities.validation;

import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.plan.ShardStatement;
import java.util.List;

/** The workers whose signature makes a shard's findings count. */
public record TrustedResults(List<VerifierKey> keys) {
  public TrustedResults {
    keys = List.copyOf(keys);
  }

  /**
   * The key that signed exactly this statement.
   *
   * @throws ResultForgedException if no trusted key did
   */
  public VerifierKey signerOf(ShardStatement statement, String note) {
    SignedNote signed;
    try {
      signed = SignedNote.parse(note);
    } catch (NoteException e) {
      throw forged(statement, e.getMessage(), e);
    }
    if (!signed.text().equals(statement.text())) {
      throw forged(statement, "the note is about something else", null);
    }
    for (VerifierKey key : keys) {
      try {
        signed.verify(key);
        return key;
      } catch (NoteSignatureException _) {
        continue; // another trusted key may have signed it
      }
    }
    throw forged(statement, "no trusted worker signed it", null);
  }

  private static ResultForgedException forged(
      ShardStatement statement, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ResultForgedException(
        "%s, runs %d to %d: %s. Whoever completed this activity is not a worker of this ledger; look for its key"
            .formatted(statement.workflowId(), statement.from(), statement.to() - 1, why),
        cause);
  }
}
