package dev.assay.registry;

import dev.assay.model.cases.Commitment;
import dev.assay.model.digest.Sha256;
import java.util.Collection;
import java.util.Map;

/**
 * Free text and names of people behind the commitments that entries have. What was deleted is
 * simply not there.
 */
public interface PrivateTexts {
  /** Keeps a text. Safe to repeat. */
  void save(Commitment text);

  /**
   * The texts that are there.
   *
   * @param commitments at most {@link Registry#BATCH}
   * @throws EvidenceDamagedException if a row isn't what its commitment says
   */
  Map<Sha256, String> find(Collection<Sha256> commitments);
}
