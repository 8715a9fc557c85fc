package dev.assay.ledger.append;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.entry.EntryBytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Entries of one caller that wait for a commit; all go into the same one. */
record Submission(List<EntryBytes> entries, CompletableFuture<List<AppendOutcome>> done) {
  /** Ends the committer after what was queued before it. */
  static final Submission STOP = new Submission(List.of(), new CompletableFuture<>());

  boolean isStop() {
    return entries.isEmpty();
  }

  static Submission of(List<EntryBytes> entries) {
    return new Submission(List.copyOf(entries), new CompletableFuture<>());
  }
}
