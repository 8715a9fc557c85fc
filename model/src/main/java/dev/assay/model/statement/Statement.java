package dev.assay.model.statement;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.List;

/**
 * An in-toto statement about one thing. Source: in-toto attestation framework, {@code
 * spec/v1/statement.md} and {@code resource_descriptor.md}. Stricter than those: exactly one
 * subject with a name and a SHA-256 and nothing else, a predicate, and no member that isn't known,
 * so that nobody signs what another reader would take for more.
 *
 * @param subject what it is about
 * @param digest SHA-256 of that
 * @param predicateType URI that says what {@code predicate} means
 * @param predicate what is stated
 */
public record Statement(String subject, Sha256 digest, String predicateType, JsonObject predicate) {
  /** DSSE's payload type of a statement. */
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  /** Longest statement, in bytes. */
  public static final int MAX_BYTES = 16_384;

  private static final String TYPE = "https://in-toto.io/Statement/v1";

  /**
   * Reads a statement.
   *
   * @throws StatementException for anything but one
   */
  public static Statement parse(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new StatementException(
          "a statement of %d bytes; at most %d are read".formatted(json.length, MAX_BYTES));
    }
    try {
      return of(JsonReader.readExactly(json));
    } catch (JsonException e) {
      throw new StatementException("the statement is %s".formatted(e.getMessage()), e);
    }
  }

  private static Statement of(JsonValue json) {
    Members members =
        Members.of(
            "the statement", json, List.of("_type", "predicate", "predicateType", "subject"));
    if (!members.text("_type").equals(TYPE)) {
      throw members.expected("_type", TYPE);
    }
    Members subject =
        Members.of(
            "its subject", members.list("subject", 1, 1).getFirst(), List.of("digest", "name"));
    if (!(members.required("predicate") instanceof JsonObject predicate)) {
      throw members.expected("predicate", "a JSON object");
    }
    return new Statement(
        subject.text("name"),
        Members.of("its subject's digest", subject.required("digest"), List.of("sha256"))
            .digest("sha256"),
        members.text("predicateType"),
        predicate);
  }

  /**
   * What the predicate says, if it is of this type.
   *
   * @throws StatementException if it is of another type, or has other members than {@code known}
   */
  public Members predicate(String type, List<String> known) {
    if (!predicateType.equals(type)) {
      throw new StatementException(
          "the statement's predicateType is %s, expected %s".formatted(predicateType, type));
    }
    return Members.of("its predicate", predicate, known);
  }

  /** The canonical JSON (RFC 8785) that is signed. */
  public byte[] encode() {
    return CanonicalJson.encode(
        JsonObject.EMPTY
            .with("_type", TYPE)
            .with(
                "subject",
                new JsonValue.JsonArray(
                    List.of(
                        JsonObject.EMPTY
                            .with("name", subject)
                            .with("digest", JsonObject.EMPTY.with("sha256", digest.hex())))))
            .with("predicateType", predicateType)
            .with("predicate", predicate));
  }
}
