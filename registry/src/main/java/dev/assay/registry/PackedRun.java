package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunCodec.EncodedRun;
import dev.assay.model.run.RunIdentity;
import java.util.zip.DataFormatException;

/**
 * A run's digest form, deflated (zlib, RFC 1950). {@link #pack} is pure: callers run it on as many
 * threads as they like before the rows go to the database on one.
 *
 * @param digest the run digest
 * @param rawSize bytes of the digest form
 * @param body the deflated digest form
 */
public record PackedRun(Sha256 digest, int rawSize, byte[] body) {
  /** Largest digest form, 64 MiB: about 850,000 metric points. */
  public static final int MAX_RAW_SIZE = 64 << 20;

  /**
   * Deflates a digest form.
   *
   * @throws UnstorableException beyond {@link #MAX_RAW_SIZE}
   */
  public static PackedRun pack(EncodedRun run) {
    if (run.bytes().length > MAX_RAW_SIZE) {
      throw new UnstorableException(
          "a run's digest form has %d bytes, at most %d fit; log fewer metric points"
              .formatted(run.bytes().length, MAX_RAW_SIZE));
    }
    return new PackedRun(run.digest(), run.bytes().length, Deflate.pack(run.bytes()));
  }

  /**
   * The digest form, its digest checked.
   *
   * @param owner whose it is, for the message
   * @throws EvidenceDamagedException if the bytes are not those that {@code digest} names
   */
  public byte[] unpack(RunIdentity owner) {
    byte[] raw;
    try {
      raw = rawSize > MAX_RAW_SIZE ? tooLarge() : Deflate.unpack(body, rawSize);
    } catch (DataFormatException e) {
      throw damaged(owner, "the stored body can't be unpacked: " + e.getMessage());
    }
    Sha256 found = Sha256.of(raw);
    if (!found.equals(digest)) {
      throw damaged(owner, "the stored body has SHA-256 " + found);
    }
    return raw;
  }

  /** Importing again leaves a row alone that is there, so a damaged one must go first. */
  private EvidenceDamagedException damaged(RunIdentity owner, String what) {
    return RevisionKey.damaged(
        new RevisionKey(owner, digest),
        what,
        "Restore the row of registry.run_revision from a backup, or let the database's owner delete it and import the run again");
  }

  private byte[] tooLarge() throws DataFormatException {
    throw new DataFormatException(
        "a size of %d bytes is beyond the bound of %d".formatted(rawSize, MAX_RAW_SIZE));
  }
}
