package dev.assay.model.plan;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/**
 * What a worker signs when it has run a shard's programs.
 *
 * @param workflowId the validation
 * @param planDigest its plan
 * @param from first plan ordinal
 * @param to one after the last plan ordinal
 * @param observationsRoot {@link #root} of what was observed
 */
public record ObservationStatement(
    String workflowId, Sha256 planDigest, int from, int to, Sha256 observationsRoot)
    implements SignedStatement {
  private static final String DOMAIN = "assay/shard-observations/v1";

  /**
   * Merkle root (RFC 6962) over a leaf {@code ORDINAL/CHECK/DIGEST} an observation, by plan
   * ordinal, then by check.
   *
   * @param observations digests by ordinal and check
   */
  public static Sha256 root(SortedMap<Integer, SortedMap<String, Sha256>> observations) {
    MerkleRoot root = new MerkleRoot();
    observations.forEach(
        (ordinal, ofRun) ->
            ofRun.forEach(
                (check, digest) ->
                    root.add(
                        "%s/%s/%s"
                            .formatted(Integer.toString(ordinal), check, digest.hex())
                            .getBytes(StandardCharsets.UTF_8))));
    return root.root();
  }

  @Override
  public String text() {
    return "%s\n%s\n%s\n%s\n%s\n%s\n"
        .formatted(
            DOMAIN,
            workflowId,
            planDigest.hex(),
            Integer.toString(from),
            Integer.toString(to),
            observationsRoot.hex());
  }
}
