package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What a worker signs when it has judged a shard.
 *
 * @param workflowId the validation
 * @param planDigest its plan
 * @param from first plan ordinal
 * @param to one after the last plan ordinal
 * @param findingsRoot {@link OutcomeRoot#ofShard} over the shard's runs
 */
public record ShardStatement(
    String workflowId, Sha256 planDigest, int from, int to, Sha256 findingsRoot) {
  /** Keeps a signature made here from meaning anything elsewhere. */
  private static final String DOMAIN = "assay/shard-result/v1\n";

  /** The bytes to sign: the domain line, then canonical JSON. */
  public byte[] bytes() {
    byte[] json =
        CanonicalJson.encode(
            JsonObject.EMPTY
                .with("findingsRoot", findingsRoot.hex())
                .with("from", from)
                .with("planDigest", planDigest.hex())
                .with("to", to)
                .with("workflowId", workflowId));
    byte[] domain = DOMAIN.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[domain.length + json.length];
    System.arraycopy(domain, 0, all, 0, domain.length);
    System.arraycopy(json, 0, all, domain.length, json.length);
    return all;
  }
}
