package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunCodec.EncodedRun;
import dev.assay.model.run.RunColumns;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;

/**
 * A run's content as {@link RunColumns}. {@link #pack} is pure: callers run it on as many threads
 * as they like before the rows go to the database on one.
 *
 * @param digest the run digest
 * @param body the run in columns
 */
public record PackedRun(Sha256 digest, byte[] body) {
  /** Largest digest form, 64 MiB: about 850,000 metric points. */
  public static final int MAX_RAW_SIZE = 64 << 20;

  /**
   * Packs a run.
   *
   * @param encoded its digest form
   * @throws UnstorableException beyond {@link #MAX_RAW_SIZE}
   */
  public static PackedRun pack(Run run, EncodedRun encoded) {
    if (encoded.bytes().length > MAX_RAW_SIZE) {
      throw new UnstorableException(
          "a run's digest form has %d bytes, at most %d fit; log fewer metric points"
              .formatted(encoded.bytes().length, MAX_RAW_SIZE));
    }
    return new PackedRun(encoded.digest(), RunColumns.pack(run));
  }

  /**
   * The run, its digest taken again and checked.
   *
   * @param owner whose it is, for the message
   * @throws EvidenceDamagedException if the bytes are not the run that {@code digest} names
   */
  public Run unpack(RunIdentity owner, Source source) {
    Run run;
    try {
      run = RunColumns.unpack(body, source);
    } catch (JsonException e) {
      throw damaged(owner, "the stored body can't be read: " + e.getMessage());
    }
    Sha256 found = RunCodec.encode(run).digest();
    if (!found.equals(digest)) {
      throw damaged(owner, "the stored body is of a run with digest " + found);
    }
    return run;
  }

  /** Importing again leaves a row alone that is there, so a damaged one must go first. */
  private EvidenceDamagedException damaged(RunIdentity owner, String what) {
    return RevisionKey.damaged(
        new RevisionKey(owner, digest),
        what,
        "Restore the row of registry.run_revision from a backup, or let the database's owner delete it and import the run again");
  }
}
