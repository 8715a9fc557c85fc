package dev.assay.worker.bundle;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.SortedSet;

/** Entries at given indexes, ascending; neighbours are read together. */
final class EntryLines implements Iterator<StoredEntry> {
  private static final int PAGE = 1_000;

  private final LedgerReader reader;
  private final SortedSet<Long> indexes;
  private final Iterator<Long> wanted;
  private final Deque<StoredEntry> page = new ArrayDeque<>();

  EntryLines(LedgerReader reader, SortedSet<Long> indexes) {
    this.reader = reader;
    this.indexes = indexes;
    this.wanted = indexes.iterator();
  }

  @Override
  public boolean hasNext() {
    return wanted.hasNext();
  }

  /** The next one; the database must have it, because a checkpoint covers it. */
  @Override
  public StoredEntry next() {
    long index = wanted.next();
    while (!page.isEmpty() && page.peek().index() < index) {
      page.remove();
    }
    if (page.isEmpty()) {
      page.addAll(reader.log(LogFilter.ALL.withAfterIndex(index - 1).withLimit(run(index))));
    }
    StoredEntry entry = page.poll();
    if (entry == null || entry.index() != index) {
      throw new LedgerDamagedException(
          "ledger %s, entry %d: it is missing, though a checkpoint covers it. Run 'assay ledger verify', which names what was changed"
              .formatted(reader.name(), index));
    }
    return entry;
  }

  /** How many wanted indexes follow each other from here. */
  private int run(long index) {
    int length = 0;
    for (long next : indexes.tailSet(index)) {
      if (length == PAGE || next != index + length) {
        break;
      }
      length++;
    }
    return length;
  }
}
