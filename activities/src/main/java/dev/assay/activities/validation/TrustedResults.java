package dev.assay.activities.validation;

import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSignatureException;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.plan.SignedStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers whose signature makes a shard's findings, and what its programs showed, count. */
public record TrustedResults(List<VerifierKey> keys) {
  public TrustedResults {
    keys = List.copyOf(keys);
  }

  /**
   * The key that signed exactly this statement.
   *
   * @throws ResultForgedException if no trusted key did
   */
  public VerifierKey signerOf(SignedStatement statement, String note) {
    SignedNote signed;
    try {
      signed = SignedNote.parse(note);
    } catch (NoteException e) {
      throw forged(statement, String.valueOf(e.getMessage()), e);
    }
    if (!signed.text().equals(statement.text())) {
      throw forged(statement, "the note is about something else", null);
    }
    for (VerifierKey key : keys) {
      if (verifies(signed, key)) {
        return key;
      }
    }
    throw forged(statement, "no trusted worker signed it", null);
  }

  private static boolean verifies(SignedNote signed, VerifierKey key) {
    try {
      signed.verify(key);
      return true;
    } catch (NoteSignatureException _) {
      return false; // another trusted key may have signed it
    }
  }

  private static ResultForgedException forged(
      SignedStatement statement, String why, @Nullable Throwable cause) {
    return new ResultForgedException(
        "%s, runs %s to %s: %s. Whoever completed this activity is not a worker of this ledger; look for its key"
            .formatted(statement.workflowId(), statement.from(), statement.to() - 1, why),
        cause);
  }
}
