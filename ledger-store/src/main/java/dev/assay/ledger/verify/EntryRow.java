package dev.assay.ledger.verify;

import dev.assay.ledger.entry.EntryTable;
import dev.assay.ledger.entry.EntryTable.Field;
import dev.assay.ledger.entry.EntryTable.Form;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of a binary COPY, and its encoding as an entry. Holds one row at a time; not safe for use
 * by several threads. Source of the format: PostgreSQL's documentation of COPY, "Binary Format".
 */
final class EntryRow {
  /** The ledger's name is known; all other fields come from the row. */
  private static final List<Field> COLUMNS = EntryTable.FIELDS.subList(1, EntryTable.FIELDS.size());

  /** Columns in the order they must be selected. */
  static final String SELECT_LIST =
      COLUMNS.stream().map(Field::column).collect(Collectors.joining(", "))
          + ", leaf_hash, chain_hash";

  private static final int INDEX = 0;
  private static final int KEY = 1;
  private static final int RECORDED = 7;
  private static final int LEAF_HASH = COLUMNS.size();
  private static final int CHAIN_HASH = COLUMNS.size() + 1;

  /** 2000-01-01 in microseconds since 1970: where PostgreSQL's binary timestamps begin. */
  private static final long POSTGRES_EPOCH = 946_684_800_000_000L;

  private final byte[] prefix;
  private final int[] offsets = new int[COLUMNS.size() + 2];
  private final int[] lengths = new int[COLUMNS.size() + 2];
  private final byte[] encoded;
  private byte[] data = new byte[0];
  private ByteBuffer view = ByteBuffer.wrap(data);

  EntryRow(String ledger) {
    byte[] name = ledger.getBytes(StandardCharsets.UTF_8);
    byte[] domain = EntryTable.domain();
    prefix =
        ByteBuffer.allocate(domain.length + 2 + name.length)
            .put(domain)
            .putShort((short) name.length)
            .put(name)
            .array();
    encoded = new byte[EntryTable.MAX_BYTES];
  }

  private EntryRow(EntryRow other) {
    prefix = other.prefix;
    encoded = other.encoded;
    data = other.data;
    view = other.view;
    System.arraycopy(other.offsets, 0, offsets, 0, offsets.length);
    System.arraycopy(other.lengths, 0, lengths, 0, lengths.length);
  }

  /** The row as it is now, to be kept; shares the place where it is encoded. */
  EntryRow keep() {
    return new EntryRow(this);
  }

  /** Takes the tuple that begins at {@code at}; false for the trailer. */
  boolean parse(byte[] message, int at) {
    data = message;
    view = ByteBuffer.wrap(message);
    int columns = view.getShort(at);
    if (columns == -1) {
      return false;
    }
    if (columns != offsets.length) {
      throw new IllegalStateException("COPY row of %d columns".formatted(columns));
    }
    int next = at + 2;
    for (int column = 0; column < columns; column++) {
      int length = view.getInt(next);
      offsets[column] = next + 4;
      lengths[column] = length;
      next += 4 + Math.max(0, length);
    }
    return true;
  }

  long index() {
    return view.getLong(offsets[INDEX]);
  }

  /** In PostgreSQL's microseconds. */
  long recorded() {
    return view.getLong(offsets[RECORDED]);
  }

  String key() {
    return new String(data, offsets[KEY], lengths[KEY], StandardCharsets.UTF_8);
  }

  /** Seeded, so that nobody can prepare keys that collide. */
  long keyHash(long seed) {
    long hash = seed ^ lengths[KEY];
    int at = offsets[KEY];
    int end = at + lengths[KEY];
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ view.getLong(at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << 8) | (data[at] & 255);
    }
    return mix(hash ^ rest);
  }

  /** The finalizer of MurmurHash3, a bijection. */
  private static long mix(long value) {
    long z = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
    return z ^ z >>> 33;
  }

  boolean hasLeafHash(byte[] hash, int from) {
    return has(LEAF_HASH, hash, from);
  }

  boolean hasChainHash(byte[] hash) {
    return has(CHAIN_HASH, hash, 0);
  }

  byte[] leafHash() {
    return column(LEAF_HASH);
  }

  byte[] chainHash() {
    return column(CHAIN_HASH);
  }

  void copyChainHash(byte[] out) {
    if (lengths[CHAIN_HASH] == out.length) {
      System.arraycopy(data, offsets[CHAIN_HASH], out, 0, out.length);
    }
  }

  /** Encodes as if it stood at {@code index}; its length, or −1 if it is longer than any entry. */
  int encode(long index) {
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    int at = prefix.length;
    ByteBuffer out = ByteBuffer.wrap(encoded);
    for (int column = 0; column < COLUMNS.size(); column++) {
      int length = lengths[column];
      if (length < 0 || at + 2 + length > encoded.length) {
        return -1;
      }
      out.putShort(at, (short) length);
      at += 2;
      if (column == INDEX) {
        out.putLong(at, index);
      } else if (COLUMNS.get(column).form() == Form.TIME) {
        out.putLong(at, view.getLong(offsets[column]) + POSTGRES_EPOCH);
      } else {
        System.arraycopy(data, offsets[column], encoded, at, length);
      }
      at += length;
    }
    return at;
  }

  /** What {@link #encode} wrote. */
  byte[] encoded() {
    return encoded;
  }

  private boolean has(int column, byte[] hash, int from) {
    return lengths[column] == VerifierHashes.BYTES
        && Arrays.equals(
            data,
            offsets[column],
            offsets[column] + VerifierHashes.BYTES,
            hash,
            from,
            from + VerifierHashes.BYTES);
  }

  private byte[] column(int column) {
    return Arrays.copyOfRange(
        data, offsets[column], offsets[column] + Math.max(0, lengths[column]));
  }
}
