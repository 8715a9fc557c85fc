package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents by digest: policies, artifact digests, whatever a plan pins. */
public interface Documents {
  /** Largest document, 16 MiB. */
  int MAX_BYTES = 16 << 20;

  /** Kind of an {@link dev.assay.model.run.ArtifactDigests} document. */
  String ARTIFACT_DIGESTS = "ArtifactDigests";

  /** Records a document once; of equal bytes the first kind stays. */
  Sha256 save(String kind, byte[] bytes);

  /**
   * Records many; digests in the order given.
   *
   * @param documents at most {@link Registry#BATCH}
   */
  List<Sha256> saveAll(String kind, List<byte[]> documents);

  /**
   * The document.
   *
   * @throws EvidenceDamagedException if the stored bytes have another digest
   */
  Optional<Document> find(Sha256 digest);

  /**
   * Those that are there, by digest.
   *
   * @param digests at most {@link Registry#BATCH}
   */
  Map<Sha256, Document> findAll(Collection<Sha256> digests);
}
