package dev.assay.activities.trust;

import dev.assay.model.digest.Sha256;
import dev.assay.registry.Document;
import dev.assay.registry.Documents;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Documents in memory. */
final class MemoryDocuments implements Documents {
  final Map<Sha256, Document> rows = new HashMap<>();

  @Override
  public Sha256 save(String kind, byte[] bytes) {
    Document document = new Document(Sha256.of(bytes), kind, bytes);
    rows.put(document.digest(), document);
    return document.digest();
  }

  @Override
  public List<Sha256> saveAll(String kind, List<byte[]> documents) {
    return documents.stream().map(bytes -> save(kind, bytes)).toList();
  }

  @Override
  public Optional<Document> find(Sha256 digest) {
    return Optional.ofNullable(rows.get(digest));
  }

  @Override
  public Map<Sha256, Document> findAll(Collection<Sha256> digests) {
    return digests.stream()
        .flatMap(digest -> find(digest).stream())
        .collect(Collectors.toMap(Document::digest, Function.identity()));
  }
}
