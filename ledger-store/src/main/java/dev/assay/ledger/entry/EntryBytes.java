package dev.assay.ledger.entry;

import dev.assay.ledger.EntryTooLargeException;
import dev.assay.ledger.NewEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An entry on its way into the ledger: encoded but for index and recorded time, which the committer
 * fills in once it has the head's lock.
 */
public final class EntryBytes {
  private static final byte[] CONTENT = EntryTable.contentDomain();
  private static final byte[] DOMAIN = EntryTable.domain();

  private final NewEntry entry;
  private final byte[] payload;
  private final Sha256 contentDigest;
  private final byte[] encoded;
  private final int indexAt;
  private final int recordedAt;

  /**
   * Encodes; the costly part of an append, done in the caller's thread.
   *
   * @throws EntryTooLargeException beyond {@link EntryTable#MAX_BYTES}
   */
  public EntryBytes(String ledger, NewEntry entry) {
    this.entry = entry;
    this.payload = CanonicalJson.encode(entry.payload());
    byte[] kind = EntryText.utf8(entry.kind());
    byte[] actor = EntryText.utf8(entry.actor());
    byte[] subject = EntryText.utf8(entry.subject());
    byte[] outcome = EntryText.utf8(entry.outcome());
    this.contentDigest = contentDigest(kind, actor, subject, outcome, payload);
    byte[][] before = {
      EntryText.utf8(ledger),
      new byte[8],
      EntryText.utf8(entry.key()),
      kind,
      actor,
      subject,
      outcome
    };
    byte[][] after = {
      EntryText.utf8(entry.correlation().workflowId()),
      EntryText.utf8(entry.correlation().runId()),
      EntryText.utf8(entry.correlation().activity()),
      payload
    };
    int length = DOMAIN.length + length(before) + length(after) + 2 * (2 + 8);
    if (length > EntryTable.MAX_BYTES) {
      throw new EntryTooLargeException(
          "entry %s: %d bytes encoded, at most %d fit; put the evidence into the registry, and its digest and size into the payload"
              .formatted(entry.key(), length, EntryTable.MAX_BYTES));
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(DOMAIN);
    this.indexAt = DOMAIN.length + 2 + before[0].length + 2;
    put(out, before);
    out.putShort((short) 8).putLong(micros(entry.occurred()));
    this.recordedAt = out.position() + 2;
    out.putShort((short) 8).putLong(0);
    put(out, after);
    this.encoded = out.array();
  }

  /** SHA-256 over the content, each field preceded by its length in 4 bytes. */
  public static Sha256 contentDigest(
      byte[] kind, byte[] actor, byte[] subject, byte[] outcome, byte[] payload) {
    ByteBuffer out =
        ByteBuffer.allocate(
            CONTENT.length
                + 20
                + kind.length
                + actor.length
                + subject.length
                + outcome.length
                + payload.length);
    out.put(CONTENT);
    for (byte[] field : new byte[][] {kind, actor, subject, outcome, payload}) {
      out.putInt(field.length).put(field);
    }
    return Sha256.of(out.array());
  }

  /** Microseconds since 1970-01-01T00:00:00Z. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** The instant of so many microseconds since 1970-01-01T00:00:00Z. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** What the caller gave. */
  public NewEntry entry() {
    return entry;
  }

  /** Canonical JSON; not copied, never changed. */
  public byte[] payload() {
    return payload;
  }

  /** Over kind, actor, subject, outcome and payload. */
  public Sha256 contentDigest() {
    return contentDigest;
  }

  /** The encoded entry at its place; the array is this object's own and changes with each call. */
  public byte[] at(long index, long recordedMicros) {
    ByteBuffer.wrap(encoded).putLong(indexAt, index).putLong(recordedAt, recordedMicros);
    return encoded;
  }

  private static int length(byte[][] fields) {
    int length = 0;
    for (byte[] field : fields) {
      length += 2 + field.length;
    }
    return length;
  }

  private static void put(ByteBuffer out, byte[][] fields) {
    for (byte[] field : fields) {
      out.putShort((short) field.length).put(field);
    }
  }
}
