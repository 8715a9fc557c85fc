package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.activities.cases.PolicySource;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.registry.Document;
import dev.assay.registry.Documents;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Policies of the registry, compiled; the last few are kept. Safe for use by several threads. */
public final class Policies implements PolicySource {
  private static final int MAX_KEPT = 32;

  private final Documents documents;

  private final Map<Sha256, Compiled> kept =
      Collections.synchronizedMap(
          new LinkedHashMap<>(MAX_KEPT, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Sha256, Compiled> eldest) {
              return size() > MAX_KEPT;
            }
          });

  public Policies(Documents documents) {
    this.documents = documents;
  }

  /** A policy with its evaluator. */
  record Compiled(ValidationPolicy policy, Evaluator evaluator) {}

  @Override
  public ValidationPolicy policy(Sha256 digest) {
    return get(digest.hex()).policy();
  }

  /**
   * The policy with this hex digest.
   *
   * @throws EvidenceMissingException if the registry has none
   */
  Compiled get(String hexDigest) {
    Sha256 digest = new Sha256(hexDigest);
    Compiled known = kept.get(digest);
    if (known != null) {
      return known;
    }
    Document document =
        documents
            .find(digest)
            .orElseThrow(
                () ->
                    new EvidenceMissingException(
                        "policy %s is not in the registry; import it again".formatted(digest)));
    ValidationPolicy policy = PolicyReader.read(document.bytes(), digest.abbreviated() + ".json");
    Compiled compiled = new Compiled(policy, Evaluator.compile(policy));
    kept.put(digest, compiled);
    return compiled;
  }
}
