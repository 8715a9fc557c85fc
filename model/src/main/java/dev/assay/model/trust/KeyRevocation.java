package dev.assay.model.trust;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.statement.Statement;
import dev.assay.model.statement.StatementException;
import java.util.List;

/**
 * What is signed so that a key counts no more in a ledger.
 *
 * @param ledger origin of the ledger
 * @param key the key
 */
public record KeyRevocation(String ledger, PublicKey key) {
  /** The statement's predicate type. */
  public static final String TYPE = "urn:assay:key-revocation:v1";

  /**
   * Reads a statement.
   *
   * @throws StatementException if it is about something else, or its digest isn't the key's
   */
  public static KeyRevocation of(Statement statement) {
    String ledger = statement.predicate(TYPE, List.of("ledger")).text("ledger");
    if (!PublicKey.isForm(statement.subject())) {
      throw new StatementException("its subject is no public key (ed25519:…)");
    }
    PublicKey key = new PublicKey(statement.subject());
    if (!statement.digest().equals(Sha256.of(key.bytes()))) {
      throw new StatementException("its subject's digest isn't the SHA-256 of the key's 32 bytes");
    }
    return new KeyRevocation(ledger, key);
  }

  /** As it is signed. */
  public Statement statement() {
    return new Statement(
        key.text(), Sha256.of(key.bytes()), TYPE, JsonObject.EMPTY.with("ledger", ledger));
  }
}
