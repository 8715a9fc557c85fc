package dev.assay.ledger.entry;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An entry outside the database: what its bytes say, {@code assay/entry/v1}. Encoding what was
 * decoded gives the same bytes.
 *
 * @param ledger name of the ledger that has it
 * @param index from 0
 * @param occurred event time, to the microsecond
 * @param recorded the database's clock, to the microsecond
 * @param payload canonical JSON
 */
public record PlainEntry(
    String ledger,
    long index,
    String key,
    String kind,
    String actor,
    String subject,
    String outcome,
    Instant occurred,
    Instant recorded,
    Correlation correlation,
    JsonObject payload) {
  /** An entry of a ledger, as it was read from the database. */
  public static PlainEntry of(String ledger, StoredEntry stored) {
    return new PlainEntry(
        ledger,
        stored.index(),
        stored.key(),
        stored.kind(),
        stored.actor(),
        stored.subject(),
        stored.outcome(),
        stored.occurred(),
        stored.recorded(),
        stored.correlation(),
        stored.payload());
  }

  /**
   * Reads an encoded entry.
   *
   * @throws EntryFormatException for anything else, a payload that isn't canonical JSON included
   */
  public static PlainEntry decode(byte[] encoded) {
    Fields fields = new Fields(encoded);
    PlainEntry entry =
        new PlainEntry(
            fields.text(),
            fields.number(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            fields.text(),
            EntryBytes.instant(fields.number()),
            EntryBytes.instant(fields.number()),
            fields.correlation(),
            fields.payload());
    fields.requireEnd();
    return entry;
  }

  /** The bytes that the leaf hash is over. */
  public byte[] encode() {
    List<byte[]> fields = new ArrayList<>();
    fields.add(EntryText.utf8(ledger));
    fields.add(number(index));
    for (String text : new String[] {key, kind, actor, subject, outcome}) {
      fields.add(EntryText.utf8(text));
    }
    fields.add(number(EntryBytes.micros(occurred)));
    fields.add(number(EntryBytes.micros(recorded)));
    fields.add(EntryText.utf8(correlation.workflowId()));
    fields.add(EntryText.utf8(correlation.runId()));
    fields.add(EntryText.utf8(correlation.activity()));
    fields.add(CanonicalJson.encode(payload));
    byte[] domain = EntryTable.domain();
    int length = domain.length + fields.stream().mapToInt(field -> 2 + field.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length).put(domain);
    fields.forEach(field -> out.putShort((short) field.length).put(field));
    return out.array();
  }

  /** SHA-256(00 ‖ encoded). Source: RFC 6962 section 2.1. */
  public static Sha256 leafHash(byte[] encoded) {
    return Sha256.of(new byte[] {0}, encoded);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  /** The fields one after the other. */
  private static final class Fields {
    private final ByteBuffer in;
    private int field;

    Fields(byte[] encoded) {
      byte[] domain = EntryTable.domain();
      this.in = ByteBuffer.wrap(encoded);
      if (encoded.length > EntryTable.MAX_BYTES
          || encoded.length < domain.length
          || !in.slice(0, domain.length).equals(ByteBuffer.wrap(domain))) {
        throw new EntryFormatException(
            "no entry: expected at most %d bytes that begin with assay/entry/v1, found %d bytes"
                .formatted(EntryTable.MAX_BYTES, encoded.length));
      }
      in.position(domain.length);
    }

    String text() {
      String name = name();
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(next())).toString();
      } catch (CharacterCodingException e) {
        throw new EntryFormatException("entry: its %s isn't UTF-8".formatted(name));
      }
    }

    long number() {
      String name = name();
      byte[] bytes = next();
      if (bytes.length != 8) {
        throw new EntryFormatException(
            "entry: its %s has %d bytes, expected 8".formatted(name, bytes.length));
      }
      return ByteBuffer.wrap(bytes).getLong();
    }

    Correlation correlation() {
      try {
        return new Correlation(text(), text(), text());
      } catch (IllegalArgumentException e) {
        throw new EntryFormatException("entry: its correlation is none: " + e.getMessage());
      }
    }

    JsonObject payload() {
      byte[] bytes = next();
      try {
        if (JsonReader.read(bytes) instanceof JsonObject payload
            && Arrays.equals(CanonicalJson.encode(payload), bytes)) {
          return payload;
        }
      } catch (JsonException e) {
        throw new EntryFormatException("entry: its payload isn't JSON: " + e.getMessage());
      }
      throw new EntryFormatException("entry: its payload isn't a canonical JSON object (RFC 8785)");
    }

    void requireEnd() {
      if (in.hasRemaining()) {
        throw new EntryFormatException(
            "entry: %d bytes after its last field".formatted(in.remaining()));
      }
    }

    private String name() {
      return EntryTable.FIELDS.get(field).column();
    }

    private byte[] next() {
      String name = name();
      field++;
      if (in.remaining() < 2 || in.remaining() - 2 < (in.getShort(in.position()) & 0xFFFF)) {
        throw new EntryFormatException("entry: it ends within its %s".formatted(name));
      }
      byte[] bytes = new byte[in.getShort() & 0xFFFF];
      in.get(bytes);
      return bytes;
    }
  }
}
