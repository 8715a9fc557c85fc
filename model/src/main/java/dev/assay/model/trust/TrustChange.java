package dev.assay.model.trust;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.statement.Members;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import java.util.List;

/**
 * What people sign to replace a Trust document. It fits one place of one ledger: an earlier change
 * can't be played again after others have led back to the same document.
 *
 * @param ledger origin of the ledger
 * @param previous digest of the document that it replaces
 * @param next digest of the new one
 * @param ordinal which change of this ledger's it is, from 1
 */
public record TrustChange(String ledger, Sha256 previous, Sha256 next, long ordinal) {
  /** The statement's predicate type. */
  public static final String TYPE = "urn:assay:trust-change:v1";

  private static final String SUBJECT = "trust";

  /**
   * Reads a statement.
   *
   * @throws StatementException if it is about something else
   */
  public static TrustChange of(Statement statement) {
    Members predicate = statement.predicate(TYPE, List.of("ledger", "ordinal", "previous"));
    if (!statement.subject().equals(SUBJECT)) {
      throw new StatementException(
          "its subject is %s, expected %s".formatted(statement.subject(), SUBJECT));
    }
    return new TrustChange(
        predicate.text("ledger"),
        predicate.digest("previous"),
        statement.digest(),
        predicate.count("ordinal"));
  }

  /** As it is signed. */
  public Statement statement() {
    return new Statement(
        SUBJECT,
        next,
        TYPE,
        JsonObject.EMPTY
            .with("ledger", ledger)
            .with("previous", previous.hex())
            .with("ordinal", ordinal));
  }
}
