package dev.assay.ledger.export;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads entries in their order, and encodes them as bundles: a big-endian length of 2 bytes before
 * each. Every entry must have the leaf hash that the tree has for it. Source: c2sp.org/tlog-tiles,
 * "Log entries".
 */
final class EntryBundles {
  private static final int PAGE = 2_560;

  private final LedgerReader reader;
  private final Deque<StoredEntry> page = new ArrayDeque<>();
  private long next;

  /** Begins at an index. */
  EntryBundles(LedgerReader reader, long from) {
    this.reader = reader;
    this.next = from;
  }

  /**
   * The next entries, as many as there are leaf hashes.
   *
   * @throws LedgerDamagedException if an entry is missing, or isn't what its leaf hash says
   */
  byte[] next(byte[] leafHashes) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (int at = 0; at < leafHashes.length; at += 32) {
      byte[] encoded = PlainEntry.of(reader.name(), entry()).encode();
      byte[] leaf = PlainEntry.leafHash(encoded).bytes();
      if (!Arrays.equals(leaf, 0, 32, leafHashes, at, at + 32)) {
        throw damaged(next, "it isn't what its leaf hash in the tree says");
      }
      bundle.write(encoded.length >>> 8);
      bundle.write(encoded.length);
      bundle.writeBytes(encoded);
      next++;
    }
    return bundle.toByteArray();
  }

  private StoredEntry entry() {
    if (page.isEmpty()) {
      try {
        page.addAll(reader.log(LogFilter.ALL.withAfterIndex(next - 1).withLimit(PAGE)));
      } catch (JsonException | ClassCastException e) {
        throw damaged(next, "one of the entries from here on isn't readable: " + e.getMessage());
      }
    }
    StoredEntry entry = page.poll();
    if (entry == null || entry.index() != next) {
      throw damaged(next, "it is missing");
    }
    return entry;
  }

  private LedgerDamagedException damaged(long index, String what) {
    return new LedgerDamagedException(
        "ledger %s, entry %d: %s. Nothing that covers it was exported; run 'assay ledger verify', which names what was changed"
            .formatted(reader.name(), index, what));
  }
}
