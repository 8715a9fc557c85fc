package dev.assay.cli.quarantine;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import java.util.List;
import java.util.Optional;

/** What changed when the run of a case last became another revision. */
final class RunChanges {
  private RunChanges() {}

  /** Empty if the record never changed. */
  static Optional<RunDiff> latest(
      Registry registry, RunIdentity identity, CaseFile file, List<StoredEntry> history) {
    Sha256 before = file.opened().runDigest();
    Sha256 now = before;
    for (StoredEntry entry : history) {
      if (entry.kind().equals("case.changed")
          && CaseEntryReader.event(new CaseEntry(entry.kind(), entry.payload()))
              instanceof Changed(Sha256 digest, String _)
          && !digest.equals(now)) {
        before = now;
        now = digest;
      }
    }
    if (now.equals(before)) {
      return Optional.empty();
    }
    List<Run> runs =
        registry
            .runRevisions()
            .read(List.of(new RevisionKey(identity, before), new RevisionKey(identity, now)));
    return Optional.of(RunDiff.between(runs.getFirst(), runs.getLast()));
  }
}
