package dev.assay.worker.bundle;

import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The digests of proven {@code run.verdict} entries, by key. */
final class ProvenVerdicts {
  private final Map<String, Digests> byKey = new HashMap<>();

  /** What a verdict is about, and what it was decided from. */
  record Digests(Sha256 run, Sha256 findings) {}

  /** One without both digests counts for nothing: its run then has no verdict. */
  void add(PlainEntry verdict) {
    Optional<Sha256> run = PayloadDigests.of(verdict, "runDigest");
    Optional<Sha256> findings = PayloadDigests.of(verdict, "findingsDigest");
    if (run.isPresent() && findings.isPresent()) {
      byKey.put(verdict.key(), new Digests(run.get(), findings.get()));
    }
  }

  /** Those of a workflow, by the run's ordinal in its plan. */
  LongFunction<Optional<Digests>> of(String workflow) {
    return ordinal -> Optional.ofNullable(byKey.get("%s/verdict/%d".formatted(workflow, ordinal)));
  }
}
