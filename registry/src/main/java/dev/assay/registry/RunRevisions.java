package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import java.util.List;
import java.util.Optional;

/** The content of runs by digest: the evidence that checks, and later reproductions, read. */
public interface RunRevisions {
  /**
   * Records revisions that aren't there yet, in transactions of {@link Registry#BATCH}. Safe to
   * repeat: the first row of an identity and digest stays.
   *
   * @return how many were new
   */
  int save(List<RevisionRow> rows);

  /**
   * The run with this digest; if several systems have the same content, that of the first by name.
   *
   * @throws EvidenceDamagedException if the row is not what the digest says
   */
  Optional<Run> find(Sha256 digest);

  /**
   * Runs in the order of the keys, with the source of the row's first import.
   *
   * @param keys at most {@link Registry#BATCH}
   * @throws EvidenceDamagedException if a row is missing, or is not what its digest says
   */
  List<Run> read(List<RevisionKey> keys);

  /**
   * As {@link #read}, with the source that the plan names.
   *
   * @param rows at most {@link Registry#BATCH}
   */
  List<Run> readPlanned(List<PlanRow> rows);

  /**
   * What people call runs, in the order of the keys, without reading their content.
   *
   * @param keys at most {@link Registry#BATCH}
   * @throws EvidenceDamagedException if a row is missing
   */
  List<String> names(List<RevisionKey> keys);
}
