package dev.assay.registry;

import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.RunStatus;

/**
 * A run revision as the registry keeps it.
 *
 * @param identity which run; see {@link Storable#problem}
 * @param source where it was read: the location, without the system
 * @param name what people call it; for queries, the packed form has it exactly
 * @param status how it ended
 * @param packed its content
 */
public record RevisionRow(
    RunIdentity identity, String source, String name, RunStatus status, PackedRun packed) {
  public RevisionRow {
    Storable.check(identity);
    Storable.check("a run's source", source);
    name = Storable.lossy(name);
  }

  /** Encodes, digests and packs a run: the costly part of saving it. Pure. */
  public static RevisionRow of(Run run) {
    return new RevisionRow(
        run.identity(),
        run.source().location(),
        run.name(),
        run.status(),
        PackedRun.pack(run, RunCodec.encode(run)));
  }

  /** Its name. */
  public RevisionKey key() {
    return new RevisionKey(identity, packed.digest());
  }
}
