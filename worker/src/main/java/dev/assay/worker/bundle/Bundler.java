package dev.assay.worker.bundle;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.proof.EntryProver;
import dev.assay.ledger.proof.TileSource;
import dev.assay.ledger.proof.TlogProof;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Registry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** Makes bundles. Every entry is proven under the checkpoint before it is written. */
public final class Bundler {
  private final LedgerReader reader;
  private final TileSource tiles;
  private final LedgerLookups lookups;
  private final Registry registry;

  /**
   * Bundles of the reader's ledger.
   *
   * @param lookups the projection with which the reader finds entries
   */
  public Bundler(LedgerReader reader, LedgerLookups lookups, TileSource tiles, Registry registry) {
    this.reader = reader;
    this.lookups = lookups;
    this.tiles = tiles;
    this.registry = registry;
  }

  /**
   * What a bundle holds.
   *
   * @param entries with their proofs
   * @param documents that these refer to
   */
  public record Written(
      BundleSubject subject, Checkpoint checkpoint, long entries, long documents) {}

  /**
   * Writes a bundle; the file is replaced only by a whole one.
   *
   * @param note a signed checkpoint; entries that it doesn't cover are left out
   * @param key what verifies it; goes into the bundle as a hint, never as proof
   * @param progress told now and then how many entries are done, of twice their number
   * @throws BundleException if the ledger has nothing about the subject, or its lookups aren't what
   *     the entries give
   * @throws dev.assay.ledger.LedgerDamagedException if an entry isn't what the checkpoint covers
   * @throws dev.assay.registry.EvidenceDamagedException if a document isn't what its digest says
   */
  public Written write(
      BundleSubject subject, SignedNote note, VerifierKey key, Path out, LongConsumer progress)
      throws IOException {
    EntryProver prover = new EntryProver(reader, tiles, note);
    Checkpoint checkpoint = prover.checkpoint();
    SortedSet<Long> indexes = entries(subject, checkpoint.size());
    BundlePage page = new BundlePage(subject, checkpoint, key);
    try (BundleZip zip = new BundleZip(out)) {
      zip.put(BundlePaths.CHECKPOINT, note.encode());
      zip.put(BundlePaths.ENTRIES, lines -> writeEntries(indexes, prover, lines, progress));
      long documents = putEvidence(subject, indexes, zip, page, progress);
      zip.put(BundlePaths.PAGE, page.html(documents).getBytes(StandardCharsets.UTF_8));
      zip.finish(
          JsonObject.EMPTY
              .with("entries", indexes.size())
              .with("format", BundlePaths.FORMAT)
              .with("key", key.toString())
              .with("ledger", reader.name())
              .with("origin", checkpoint.origin())
              .with("root", checkpoint.root().hex())
              .with("size", checkpoint.size())
              .with("subject", subject.toJson()));
      return new Written(subject, checkpoint, indexes.size(), documents);
    }
  }

  /**
   * An entry that the lookups leave out would be missing in a bundle that says nothing of it.
   * Looked at on both sides, as they may be made again meanwhile.
   */
  private SortedSet<Long> entries(BundleSubject subject, long end) {
    requireWholeLookups();
    SortedSet<Long> indexes = new TreeSet<>(new SubjectEntries(reader, registry, end).of(subject));
    requireWholeLookups();
    return indexes;
  }

  private void requireWholeLookups() {
    lookups
        .difference()
        .ifPresent(
            difference -> {
              throw new BundleException(
                  "no bundle was made, as entries would be missing in it: %s; %s"
                      .formatted(difference.detail(), difference.remediation()));
            });
  }

  private void writeEntries(
      SortedSet<Long> indexes, EntryProver prover, OutputStream lines, LongConsumer progress)
      throws IOException {
    EntryLines entries = new EntryLines(reader, indexes);
    long done = 0;
    while (entries.hasNext()) {
      lines.write(CanonicalJson.encode(line(prover.inclusion(entries.next()))));
      lines.write('\n');
      progress.accept(++done);
    }
  }

  private long putEvidence(
      BundleSubject subject,
      SortedSet<Long> indexes,
      BundleZip zip,
      BundlePage page,
      LongConsumer progress)
      throws IOException {
    Evidence evidence = new Evidence(registry, zip);
    EntryLines entries = new EntryLines(reader, indexes);
    long done = indexes.size();
    while (entries.hasNext()) {
      StoredEntry entry = entries.next();
      page.add(entry, evidence.put(entry));
      progress.accept(++done);
    }
    if (subject instanceof BundleSubject.Workflow(String id)) {
      evidence.putPlan(id);
    }
    return zip.documents();
  }

  private static JsonObject line(TlogProof proof) {
    return JsonObject.EMPTY
        .with("entry", Base64.getEncoder().encodeToString(proof.extra().orElseThrow()))
        .with("index", proof.proof().index())
        .with(
            "proof",
            JsonValue.strings(proof.proof().path().stream().map(Bundler::base64).toList()));
  }

  private static String base64(Sha256 hash) {
    return Base64.getEncoder().encodeToString(hash.bytes());
  }
}
