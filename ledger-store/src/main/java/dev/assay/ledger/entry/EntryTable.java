package dev.assay.ledger.entry;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The table of an entry's encoding, {@code assay/entry/v1}: what writer and verifier have in
 * common. docs/formats/ledger.md has it byte by byte.
 */
public final class EntryTable {
  /** First bytes of every encoded entry; ends with a zero byte. */
  private static final byte[] DOMAIN = "assay/entry/v1\0".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] CHAIN = "assay/chain/v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTENT = "assay/content/v1\0".getBytes(StandardCharsets.US_ASCII);

  /** Longest encoding: the entry bundles of c2sp.org/tlog-tiles have 16-bit lengths. */
  public static final int MAX_BYTES = 65_535;

  /** How a field's bytes come about. */
  public enum Form {
    /** UTF-8. */
    TEXT,
    /** 8 bytes, big-endian. */
    INTEGER,
    /** 8 bytes, big-endian, signed: microseconds since 1970-01-01T00:00:00Z. */
    TIME,
    /** As they are. */
    BYTES
  }

  /**
   * One field; each is preceded by its length in 2 bytes, big-endian.
   *
   * @param column its column in {@code ledger.entries}
   * @param form its bytes
   */
  public record Field(String column, Form form) {}

  /** All fields in the order of their bytes. */
  public static final List<Field> FIELDS =
      List.of(
          new Field("ledger", Form.TEXT),
          new Field("index", Form.INTEGER),
          new Field("key", Form.TEXT),
          new Field("kind", Form.TEXT),
          new Field("actor", Form.TEXT),
          new Field("subject", Form.TEXT),
          new Field("outcome", Form.TEXT),
          new Field("occurred", Form.TIME),
          new Field("recorded", Form.TIME),
          new Field("workflow_id", Form.TEXT),
          new Field("run_id", Form.TEXT),
          new Field("activity", Form.TEXT),
          new Field("payload", Form.BYTES));

  private EntryTable() {}

  /** First bytes of every encoded entry. */
  public static byte[] domain() {
    return DOMAIN.clone();
  }

  /** First bytes under a chain hash: then the previous chain hash, then the leaf hash. */
  public static byte[] chainDomain() {
    return CHAIN.clone();
  }

  /** First bytes under a content digest. */
  public static byte[] contentDomain() {
    return CONTENT.clone();
  }
}
