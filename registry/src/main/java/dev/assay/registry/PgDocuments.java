package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class PgDocuments implements Documents {
  private final Jdbc jdbc;

  PgDocuments(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  private static final String SAVE =
      """
      INSERT INTO registry.document (digest, kind, bytes)
      SELECT d.digest, ?, d.bytes FROM unnest(?::bytea[], ?::bytea[]) AS d(digest, bytes)
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      """
      SELECT digest, kind, bytes FROM registry.document WHERE digest = ANY(?::bytea[])
      """;

  @Override
  public Sha256 save(String kind, byte[] bytes) {
    return saveAll(kind, List.of(bytes)).getFirst();
  }

  @Override
  public List<Sha256> saveAll(String kind, List<byte[]> documents) {
    Bounds.atMost("documents to save", documents.size(), Registry.BATCH);
    documents.forEach(bytes -> Bounds.atMost("bytes of a document", bytes.length, MAX_BYTES));
    List<Sha256> digests = documents.stream().map(Sha256::of).toList();
    Map<Sha256, byte[]> distinct = new HashMap<>();
    for (int i = 0; i < digests.size(); i++) {
      distinct.put(digests.get(i), documents.get(i));
    }
    List<Sha256> ordered = distinct.keySet().stream().sorted().toList();
    return jdbc.transaction(
        "save documents",
        connection -> {
          try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setString(1, kind);
            save.setObject(2, Jdbc.array(connection, "bytea", ordered, Sha256::bytes));
            save.setObject(3, Jdbc.array(connection, "bytea", ordered, distinct::get));
            save.executeUpdate();
          }
          return digests;
        });
  }

  @Override
  public Optional<Document> find(Sha256 digest) {
    return Optional.ofNullable(findAll(List.of(digest)).get(digest));
  }

  @Override
  public Map<Sha256, Document> findAll(Collection<Sha256> digests) {
    Bounds.atMost("documents to read", digests.size(), Registry.BATCH);
    return jdbc.transaction(
        "read documents",
        connection -> {
          try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setObject(1, Jdbc.array(connection, "bytea", List.copyOf(digests), Sha256::bytes));
            try (ResultSet row = find.executeQuery()) {
              Map<Sha256, Document> found = new HashMap<>();
              while (row.next()) {
                Document document =
                    new Document(Columns.digest(row, 1), row.getString(2), row.getBytes(3));
                found.put(document.digest(), checked(document));
              }
              return found;
            }
          }
        });
  }

  private static Document checked(Document document) {
    Sha256 found = Sha256.of(document.bytes());
    if (!found.equals(document.digest())) {
      throw new EvidenceDamagedException(
          "document %s (%s): the stored bytes have SHA-256 %s. Restore the row from a backup"
              .formatted(document.digest(), document.kind(), found));
    }
    return document;
  }
}
