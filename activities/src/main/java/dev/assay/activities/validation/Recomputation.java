package dev.assay.activities.validation;

import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.RecomputeReport;
import dev.assay.ledger.verify.UnreadRange;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Derives every sealed validation again from the registry's evidence, and holds it against the
 * entries: the worker's signature over each shard, each run's verdict and findings digest, the
 * outcome root. Reads the entries themselves, in their order: the projection is nobody's word.
 */
public final class Recomputation {
  private static final int PAGE = 5_000;

  private final LedgerReader ledger;
  private final SealedValidation derivation;
  private final List<Issue> issues = new ArrayList<>();
  private final List<UnreadRange> unread = new ArrayList<>();

  /** Verdicts of validations that weren't sealed yet, by workflow id. */
  private final Map<String, RecordedVerdicts> open = new HashMap<>();

  private boolean more;
  private long validations;
  private long runs;

  /**
   * Of the reader's ledger.
   *
   * @param trusted keys whose shard results count
   */
  public Recomputation(LedgerReader ledger, Registry registry, TrustedResults trusted) {
    this(ledger, registry, trusted, (_, _) -> {});
  }

  /**
   * As the other.
   *
   * @param signed told the seal and the key of each shard's result that counts
   */
  public Recomputation(
      LedgerReader ledger,
      Registry registry,
      TrustedResults trusted,
      BiConsumer<StoredEntry, VerifierKey> signed) {
    this.ledger = ledger;
    this.derivation =
        new SealedValidation(
            registry,
            trusted,
            signed,
            new Policies(registry.documents()),
            issue -> more |= !add(issues, issue),
            range -> more |= !add(unread, range));
  }

  /**
   * Derives.
   *
   * @param size entries from this index on are left out
   * @param progress told now and then how many entries were looked at
   */
  public RecomputeReport run(long size, LongConsumer progress) {
    LogFilter next = LogFilter.ALL.withLimit(PAGE);
    List<StoredEntry> page = ledger.log(next);
    while (!page.isEmpty() && page.getFirst().index() < size) {
      page.stream().filter(entry -> entry.index() < size).forEach(this::look);
      progress.accept(page.getLast().index() + 1);
      next = next.withAfterIndex(page.getLast().index());
      page = ledger.log(next);
    }
    return new RecomputeReport(validations, runs, issues, more, unread);
  }

  private void look(StoredEntry entry) {
    switch (entry.kind()) {
      case EntryKind.RUN_VERDICT ->
          open.computeIfAbsent(entry.correlation().workflowId(), RecordedVerdicts::new).add(entry);
      case EntryKind.VALIDATION_ABANDONED -> open.remove(entry.subject());
      case EntryKind.VALIDATION_SEALED -> {
        RecordedVerdicts verdicts = open.remove(entry.subject());
        validations++;
        runs +=
            derivation.derive(
                entry, verdicts == null ? new RecordedVerdicts(entry.subject()) : verdicts);
      }
      default -> {}
    }
  }

  private static <T> boolean add(List<T> list, T item) {
    return list.size() < VerifyReport.MAX_ISSUES && list.add(item);
  }
}
