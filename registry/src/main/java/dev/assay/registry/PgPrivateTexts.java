package dev.assay.registry;

import dev.assay.model.cases.Commitment;
import dev.assay.model.digest.Sha256;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class PgPrivateTexts implements PrivateTexts {
  private final Jdbc jdbc;

  PgPrivateTexts(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void save(Commitment text) {
    jdbc.transaction(
        "keep a text",
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT INTO registry.private_text (commitment, salt, value) VALUES (?, ?, ?)"
                      + " ON CONFLICT DO NOTHING")) {
            CaseTerms.bind(insert, text.digest().bytes(), text.salt(), text.value());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public Map<Sha256, String> find(Collection<Sha256> commitments) {
    Bounds.atMost("texts to read", commitments.size(), Registry.BATCH);
    return jdbc.transaction(
        "read texts",
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT commitment, salt, value FROM registry.private_text"
                      + " WHERE commitment = ANY(?::bytea[])")) {
            select.setObject(
                1, Jdbc.array(connection, "bytea", List.copyOf(commitments), Sha256::bytes));
            try (ResultSet row = select.executeQuery()) {
              Map<Sha256, String> found = new HashMap<>();
              while (row.next()) {
                Commitment text = new Commitment(row.getBytes(2), row.getString(3));
                found.put(checked(Columns.digest(row, 1), text).digest(), text.value());
              }
              return found;
            }
          }
        });
  }

  private static Commitment checked(Sha256 wanted, Commitment found) {
    if (!found.digest().equals(wanted)) {
      throw new EvidenceDamagedException(
          "text %s: salt and value give %s. Restore the row from a backup"
              .formatted(wanted, found.digest()));
    }
    return found;
  }
}
