package dev.assay.ledger.proof;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import java.nio.charset.StandardCharsets;

/**
 * A file that shows a checkpoint to extend an older one: the older size, a consistency proof, the
 * newer checkpoint. The form of a request {@code add-checkpoint} of c2sp.org/tlog-witness. Whoever
 * checks it brings the older checkpoint.
 *
 * @param proof from the older size to the checkpoint's
 * @param note the newer checkpoint with its signatures, not verified here
 */
public record ConsistencyFile(ConsistencyProof proof, SignedNote note) {
  /**
   * Reads a file; signatures and hashes are for the caller to check.
   *
   * @throws ProofException for anything malformed
   */
  public static ConsistencyFile parse(byte[] utf8) {
    ProofLines lines = ProofLines.parse(utf8);
    long from = lines.takeNumber("old");
    Checkpoint checkpoint = TlogProof.checkpoint(lines.note());
    return new ConsistencyFile(
        new ConsistencyProof(from, checkpoint.size(), lines.takeHashes()), lines.note());
  }

  /** What the newer checkpoint says. */
  public Checkpoint checkpoint() {
    return TlogProof.checkpoint(note);
  }

  /** The file, in UTF-8. */
  public byte[] encode() {
    StringBuilder out = new StringBuilder("old ").append(proof.from()).append('\n');
    ProofLines.write(out, proof.path(), note);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
