package dev.assay.worker.cases;

import dev.assay.model.cases.CaseFile;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.registry.RevisionKey;
import dev.assay.registry.SetMember;
import java.util.List;
import java.util.UUID;

/**
 * The run that a case holds, as an import set of its own: exactly that revision is judged again.
 */
public final class HeldRun {
  private HeldRun() {}

  /**
   * Stages it.
   *
   * @return the import set
   * @throws EvidenceDamagedException if the plan that says where it was found is gone
   */
  public static UUID stage(Registry registry, CaseFile file, RunIdentity identity) {
    PlanRow row =
        registry
            .plans()
            .find(file.evidence(), new RevisionKey(identity, file.runDigest()))
            .orElseThrow(
                () ->
                    new EvidenceDamagedException(
                        "%s: the plan of %s doesn't have revision %s of %s any more. Restore registry.plan_row from a backup, or import the run again"
                            .formatted(
                                file.opened().caseId(),
                                file.evidence(),
                                file.runDigest().abbreviated(),
                                identity)));
    UUID set = registry.importSets().create();
    registry
        .importSets()
        .add(
            set,
            List.of(new SetMember(identity, row.runDigest(), row.source(), row.artifactsNow())));
    registry.importSets().close(set);
    return set;
  }
}
