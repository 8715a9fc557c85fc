package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Optional;

/**
 * One event of the governance ledger; texts that are missing are empty.
 *
 * @param index -1 if it is missing or no number
 * @param linksToNothing whether prev_hash is null
 */
record LedgerEvent(
    double index,
    String stageId,
    String runId,
    String stage,
    String action,
    boolean linksToNothing,
    Optional<String> previousHash) {
  private static final byte[] INDEX = PlainJson.ascii("{\"index\":");
  private static final byte[] TIME = PlainJson.ascii(",\"timestamp_unix\":");
  private static final byte[] STAGE_ID = PlainJson.ascii(",\"stage_id\":\"");
  private static final byte[] RUN_ID = PlainJson.ascii(",\"run_id\":\"");
  private static final byte[] STAGE = PlainJson.ascii(",\"stage\":\"");
  private static final byte[] ACTION = PlainJson.ascii(",\"action\":\"");
  private static final byte[] MESSAGE = PlainJson.ascii(",\"message\":\"");
  private static final byte[] WAVE = PlainJson.ascii(",\"wave\":");
  private static final byte[] LANE = PlainJson.ascii(",\"lane\":");
  private static final byte[] PREVIOUS = PlainJson.ascii(",\"prev_hash\":");
  private static final byte[] NULL = PlainJson.ascii("null");

  /** The event that the JSON holds, without its hash. */
  static LedgerEvent read(byte[] json) throws RecordException {
    try {
      return familiar(new PlainJson(json, 0, json.length));
    } catch (Unfamiliar _) {
      if (JsonFiles.parse(json) instanceof JsonObject event) {
        return of(event);
      }
      throw new RecordException("an event was expected, an object");
    }
  }

  /** An event as rustorch writes it. */
  private static LedgerEvent familiar(PlainJson json) throws Unfamiliar {
    json.literal(INDEX);
    long index = json.natural();
    json.literal(TIME);
    json.natural();
    json.literal(STAGE_ID);
    String stageId = json.text();
    json.literal(RUN_ID);
    String runId = json.text();
    json.literal(STAGE);
    String stage = json.text();
    json.literal(ACTION);
    String action = json.text();
    json.literal(MESSAGE);
    json.skipText();
    json.literal(WAVE);
    json.natural();
    json.literal(LANE);
    json.natural();
    json.literal(PREVIOUS);
    boolean first = json.skips(NULL);
    Optional<String> previous = Optional.empty();
    if (!first) {
      json.literal('"');
      previous = Optional.of(json.text());
    }
    json.literal('}');
    json.end();
    return new LedgerEvent(index, stageId, runId, stage, action, first, previous);
  }

  private static LedgerEvent of(JsonObject event) {
    return new LedgerEvent(
        JsonFiles.number(event, "index").orElse(-1.0),
        JsonFiles.text(event, "stage_id").orElse(""),
        JsonFiles.text(event, "run_id").orElse(""),
        JsonFiles.text(event, "stage").orElse(""),
        JsonFiles.text(event, "action").orElse(""),
        event.members().get("prev_hash") == JsonNull.NULL,
        JsonFiles.text(event, "prev_hash"));
  }
}
