package dev.assay.ledger.proof;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.digest.Sha256;
import java.util.Optional;

/**
 * Proves entries of a ledger under one signed checkpoint. What it reads is checked before it is
 * handed out, so that nobody is given a proof that doesn't hold. Not safe for use by several
 * threads.
 */
public final class EntryProver {
  private final LedgerReader reader;
  private final TreeProofs proofs;
  private final SignedNote note;
  private final Checkpoint checkpoint;

  /**
   * Proofs under a checkpoint of the reader's ledger.
   *
   * @throws LedgerDamagedException if the ledger's tree at the checkpoint's size isn't what it says
   */
  public EntryProver(LedgerReader reader, TileSource tiles, SignedNote note) {
    this.reader = reader;
    this.proofs = new TreeProofs(tiles);
    this.note = note;
    this.checkpoint = Checkpoint.parse(note.text());
    Sha256 root = proofs.root(checkpoint.size());
    if (!root.equals(checkpoint.root())) {
      throw new LedgerDamagedException(
          "ledger %s: at size %d its tiles give root %s, the signed checkpoint has %s. Run 'assay ledger verify', which names what was changed"
              .formatted(reader.name(), checkpoint.size(), root, checkpoint.root()));
    }
  }

  /** What the proofs are under. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * The proof of an entry, its bytes as extra data.
   *
   * @throws ProofException if the checkpoint doesn't cover the index
   * @throws LedgerDamagedException if the entry isn't what the tree says
   */
  public TlogProof inclusion(long index) {
    InclusionProof proof = proofs.inclusion(index, checkpoint.size());
    StoredEntry stored =
        reader.entry(index).orElseThrow(() -> damaged(index, "it is missing, though signed"));
    return inclusion(stored, proof);
  }

  /** As {@link #inclusion(long)}, of an entry that was read already. */
  public TlogProof inclusion(StoredEntry stored) {
    return inclusion(stored, proofs.inclusion(stored.index(), checkpoint.size()));
  }

  private TlogProof inclusion(StoredEntry stored, InclusionProof proof) {
    byte[] encoded = PlainEntry.of(reader.name(), stored).encode();
    if (!proof.proves(PlainEntry.leafHash(encoded), checkpoint.root())) {
      throw damaged(stored.index(), "its content isn't what the signed tree has there");
    }
    return new TlogProof(proof, Optional.of(encoded), note);
  }

  /**
   * The proof that the checkpoint extends the tree of an earlier size.
   *
   * @throws ProofException unless 1 ≤ from ≤ the checkpoint's size
   */
  public ConsistencyFile consistency(long from) {
    return new ConsistencyFile(proofs.consistency(from, checkpoint.size()), note);
  }

  /** Root of the tree of the first {@code size} entries. */
  public Sha256 root(long size) {
    return proofs.root(size);
  }

  private LedgerDamagedException damaged(long index, String what) {
    return new LedgerDamagedException(
        "ledger %s, entry %d: %s. Run 'assay ledger verify', which names what was changed"
            .formatted(reader.name(), index, what));
  }
}
