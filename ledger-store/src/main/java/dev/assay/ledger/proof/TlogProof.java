package dev.assay.ledger.proof;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A file that shows one entry to be in a log: index, inclusion proof, signed checkpoint, and data
 * of the application. Source: c2sp.org/tlog-proof. In a ledger's proofs the extra data is the
 * encoded entry; nothing vouches for it but its leaf hash.
 *
 * @param proof in the tree of the checkpoint
 * @param extra not authenticated by itself; at most 1 MiB
 * @param note the checkpoint with its signatures, not verified here
 */
public record TlogProof(InclusionProof proof, Optional<byte[]> extra, SignedNote note) {
  private static final String VERSION = "c2sp.org/tlog-proof@v1";

  /**
   * Reads a proof file; signatures and hashes are for the caller to check.
   *
   * @throws ProofException for anything malformed
   */
  public static TlogProof parse(byte[] utf8) {
    ProofLines lines = ProofLines.parse(utf8);
    lines.takeLine(VERSION);
    Optional<byte[]> extra =
        lines.hasNext("extra")
            ? Optional.of(ProofLines.bytes(lines.take("extra"), 2))
            : Optional.empty();
    long index = lines.takeNumber("index");
    Checkpoint checkpoint = checkpoint(lines.note());
    return new TlogProof(
        new InclusionProof(index, checkpoint.size(), lines.takeHashes()), extra, lines.note());
  }

  /** What the checkpoint says. */
  public Checkpoint checkpoint() {
    return checkpoint(note);
  }

  /** The file, in UTF-8. */
  public byte[] encode() {
    StringBuilder out = new StringBuilder(VERSION).append('\n');
    extra.ifPresent(
        bytes ->
            out.append("extra ").append(Base64.getEncoder().encodeToString(bytes)).append('\n'));
    out.append("index ").append(proof.index()).append('\n');
    ProofLines.write(out, proof.path(), note);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Checkpoint checkpoint(SignedNote note) {
    try {
      return Checkpoint.parse(note.text());
    } catch (NoteException e) {
      throw new ProofException("proof: its checkpoint isn't one: " + e.getMessage());
    }
  }
}
