package dev.assay.ledger;

import dev.assay.ledger.entry.EntryText;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a caller wants on record. Its content is kind, actor, subject, outcome and payload: a second
 * append of the same key must bring the same content.
 *
 * @param key says which fact this is; 1 to 512 bytes of UTF-8, and as {@link EntryKeys} allows
 * @param kind of {@link EntryKind}'s catalogue
 * @param actor a key id or a service name, never a person's name; 1 to 1,024 bytes
 * @param subject what it is about, for example a run's identity; up to 1,024 bytes
 * @param outcome one word, or empty; up to 1,024 bytes
 * @param occurred when it happened; cut to microseconds; from year 1 to 9999
 * @param correlation what caused it
 * @param payload the kind's own fields (docs/formats/events.md)
 */
public record NewEntry(
    String key,
    String kind,
    String actor,
    String subject,
    String outcome,
    Instant occurred,
    Correlation correlation,
    JsonObject payload) {

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  public NewEntry {
    EntryText.required("key", key);
    EntryKind.require(kind);
    EntryText.required("actor", actor);
    EntryText.optional("subject", subject);
    EntryText.optional("outcome", outcome);
    if (occurred.isBefore(EARLIEST) || occurred.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "entry %s: occurred %s is outside the years 1 to 9999".formatted(key, occurred));
    }
    occurred = occurred.truncatedTo(ChronoUnit.MICROS);
  }
}
