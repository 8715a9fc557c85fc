package dev.assay.ledger;

import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Entries for tests. */
public final class Entries {
  public static final Instant OCCURRED = Instant.parse("2026-01-02T03:04:05.678901Z");

  private Entries() {}

  /** A verdict of run {@code number} under the key {@code key/number}. */
  public static NewEntry numbered(int number) {
    return keyed("key/" + number).withPayload("number", Integer.toString(number)).build();
  }

  public static List<NewEntry> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(Entries::numbered).toList();
  }

  public static Builder keyed(String key) {
    return new Builder(
        key, EntryKind.RUN_VERDICT, "run/" + key, "PASS", Correlation.NONE, JsonObject.EMPTY);
  }

  public record Builder(
      String key,
      String kind,
      String subject,
      String outcome,
      Correlation correlation,
      JsonObject payload) {
    public Builder withPayload(String name, String value) {
      return new Builder(key, kind, subject, outcome, correlation, payload.with(name, value));
    }

    public Builder withKind(String value) {
      return new Builder(key, value, subject, outcome, correlation, payload);
    }

    public Builder withOutcome(String value) {
      return new Builder(key, kind, subject, value, correlation, payload);
    }

    public Builder withSubject(String value) {
      return new Builder(key, kind, value, outcome, correlation, payload);
    }

    public Builder withCorrelation(Correlation value) {
      return new Builder(key, kind, subject, outcome, value, payload);
    }

    public NewEntry build() {
      return new NewEntry(
          key, kind, "test-service", subject, outcome, OCCURRED, correlation, payload);
    }
  }
}
