package dev.assay.cli.quarantine;

import dev.assay.cli.base.UsageException;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import java.util.List;
import java.util.stream.Collectors;

/** Which case a person means. */
final class CaseIdsGiven {
  private static final int NAMED = 5;

  private CaseIdsGiven() {}

  /**
   * The case of this id, or the only one whose id begins so.
   *
   * @throws UsageException if there is none, or more than one
   */
  static CaseRow resolve(Cases cases, String ledger, String written) {
    List<CaseRow> meant = cases.meant(ledger, written, NAMED + 1);
    if (meant.size() == 1 && !written.isEmpty()) {
      return meant.getFirst();
    }
    throw new UsageException(
        meant.isEmpty() || written.isEmpty()
            ? "ledger %s has no case '%s'; 'assay quarantine list --all' lists them"
                .formatted(ledger, written)
            : "'%s' may be any of %s%s; write more of it"
                .formatted(
                    written,
                    meant.stream().limit(NAMED).map(CaseRow::id).collect(Collectors.joining(", ")),
                    meant.size() > NAMED ? " and more" : ""));
  }
}
