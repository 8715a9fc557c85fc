package dev.assay.cli.quarantine;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseEntry;
import dev.assay.model.cases.CaseEntryReader;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What changed when the run of a case, or a file of it, last became another. */
final class RunChanges {
  private RunChanges() {}

  /** The run as a validation found it. */
  private record Found(Sha256 digest, String workflowId) {}

  /** Empty if nothing ever changed. */
  static Optional<RunDiff> latest(
      Registry registry, RunIdentity identity, CaseFile file, List<StoredEntry> history) {
    List<Found> found = found(file, history);
    if (found.size() == 1) {
      return Optional.empty();
    }
    RunEvidence before = evidence(registry, identity, found.get(found.size() - 2));
    RunEvidence now = evidence(registry, identity, found.getLast());
    RunEvidence compared =
        new RunEvidence(
            before.run(), before.artifactsNow().or(now::artifactsFirst), before.artifactsFirst());
    return Optional.of(RunDiff.between(compared, now)).filter(diff -> !diff.isEmpty());
  }

  /** One validation may say twice that a run changed: of its record, and of its files. */
  private static List<Found> found(CaseFile file, List<StoredEntry> history) {
    List<Found> found = new ArrayList<>();
    found.add(new Found(file.opened().runDigest(), file.opened().workflowId()));
    for (StoredEntry entry : history) {
      if (entry.kind().equals("case.changed")
          && CaseEntryReader.event(new CaseEntry(entry.kind(), entry.payload()))
              instanceof Changed(Sha256 digest, String workflowId)
          && !found.getLast().equals(new Found(digest, workflowId))) {
        found.add(new Found(digest, workflowId));
      }
    }
    return found;
  }

  private static RunEvidence evidence(Registry registry, RunIdentity identity, Found found) {
    RevisionKey key = new RevisionKey(identity, found.digest());
    return PlannedEvidence.find(registry, found.workflowId(), key)
        .orElseGet(
            () ->
                new RunEvidence(
                    registry.runRevisions().read(List.of(key)).getFirst(),
                    Optional.empty(),
                    Optional.empty()));
  }
}
