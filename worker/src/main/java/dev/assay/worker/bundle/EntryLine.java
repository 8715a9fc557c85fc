package dev.assay.worker.bundle;

import dev.assay.ledger.entry.EntryFormatException;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.ledger.proof.InclusionProof;
import dev.assay.ledger.proof.ProofException;
import dev.assay.model.json.JsonException;

/** A line of {@code entries.jsonl}, read: an entry that is in the checkpoint's tree, or why not. */
sealed interface EntryLine {
  /** In the tree, at the index that it says. */
  record Proven(PlainEntry entry) implements EntryLine {}

  /**
   * Counts for nothing.
   *
   * @param index what the line claims, −1 if that can't be read
   */
  record Refused(long index, String why) implements EntryLine {}

  /**
   * Reads and proves a line.
   *
   * @param previous index of the last proven entry, which this one must follow
   */
  static EntryLine read(byte[] line, Manifest manifest, long previous) {
    try {
      StrictJson json = new StrictJson(StrictJson.read(line), "entry", "index", "proof");
      long index = json.number("index");
      byte[] bytes = json.base64("entry");
      PlainEntry entry = PlainEntry.decode(bytes);
      InclusionProof proof =
          new InclusionProof(index, manifest.checkpoint().size(), json.hashes("proof"));
      if (!proof.proves(PlainEntry.leafHash(bytes), manifest.checkpoint().root())) {
        return new Refused(index, "the entry and its proof don't give the checkpoint's root");
      }
      if (entry.index() != index || index <= previous) {
        return new Refused(
            index, "the entry says it is entry %d, after %d".formatted(entry.index(), previous));
      }
      return entry.ledger().equals(manifest.ledger())
          ? new Proven(entry)
          : new Refused(index, "the entry is of ledger %s".formatted(entry.ledger()));
    } catch (EntryFormatException | ProofException | JsonException e) {
      return new Refused(-1, String.valueOf(e.getMessage()));
    }
  }
}
