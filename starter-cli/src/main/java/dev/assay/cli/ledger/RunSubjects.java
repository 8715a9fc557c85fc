package dev.assay.cli.ledger;

import dev.assay.cli.base.UsageException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.registry.RecordedRun;
import dev.assay.registry.Registry;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out which run of a ledger a person means. */
final class RunSubjects {
  private static final int NAMED = 5;

  private final Registry registry;
  private final LedgerReader ledger;
  private final String option;

  /**
   * @param option that names the run, for messages
   */
  RunSubjects(Registry registry, LedgerReader ledger, String option) {
    this.registry = registry;
    this.ledger = ledger;
    this.option = option;
  }

  /**
   * The subject of the run's entries.
   *
   * @throws UsageException if there is none, or more than one
   */
  String of(String written) {
    if (!written.isEmpty()
        && !ledger.log(LogFilter.ALL.withSubject(written).withLimit(1)).isEmpty()) {
      return written;
    }
    List<RecordedRun> meant = registry.runHeads().meant(ledger.name(), written, NAMED + 1);
    if (meant.isEmpty()) {
      throw new UsageException(
          "%s: ledger %s has no run '%s', nor one whose id or digest begins so; 'assay ledger log --kind run.imported' lists them"
              .formatted(option, ledger.name(), written));
    }
    if (meant.size() > 1) {
      throw new UsageException(
          "%s: '%s' may be any of %s%s; write more of it, or all"
              .formatted(
                  option,
                  written,
                  meant.stream()
                      .limit(NAMED)
                      .map(run -> run.identity().toString())
                      .collect(Collectors.joining(", ")),
                  meant.size() > NAMED ? " and more" : ""));
    }
    RecordedRun run = meant.getFirst();
    // A very long identity has another subject: its entry knows which.
    return ledger
        .entry(run.entryIndex())
        .map(StoredEntry::subject)
        .orElse(run.identity().toString());
  }
}
