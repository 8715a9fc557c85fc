package dev.assay.cli.ledger;

import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.entry.PlainEntry;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Optional;

/** Entries and receipts for programs. */
final class EntryJson {
  private EntryJson() {}

  static JsonObject of(StoredEntry entry) {
    return JsonObject.EMPTY
        .with("actor", entry.actor())
        .with("chainHash", entry.chainHash().hex())
        .with(
            "correlation",
            JsonObject.EMPTY
                .with("activity", entry.correlation().activity())
                .with("runId", entry.correlation().runId())
                .with("workflowId", entry.correlation().workflowId()))
        .with("index", entry.index())
        .with("key", entry.key())
        .with("kind", entry.kind())
        .with("leafHash", entry.leafHash().hex())
        .with("occurred", entry.occurred().toString())
        .with("outcome", entry.outcome())
        .with("payload", entry.payload())
        .with("recorded", entry.recorded().toString())
        .with("subject", entry.subject());
  }

  /** An entry that came with a proof, without the database's columns of hashes. */
  static JsonValue ofProven(Optional<PlainEntry> entry) {
    return entry.<JsonValue>map(EntryJson::of).orElse(JsonNull.NULL);
  }

  private static JsonObject of(PlainEntry entry) {
    return JsonObject.EMPTY
        .with("actor", entry.actor())
        .with("index", entry.index())
        .with("key", entry.key())
        .with("kind", entry.kind())
        .with("ledger", entry.ledger())
        .with("occurred", entry.occurred().toString())
        .with("outcome", entry.outcome())
        .with("payload", entry.payload())
        .with("recorded", entry.recorded().toString())
        .with("subject", entry.subject())
        .with("workflowId", entry.correlation().workflowId());
  }

  static JsonObject of(Receipt receipt) {
    return JsonObject.EMPTY
        .with("index", receipt.index())
        .with("leafHash", receipt.leafHash().hex())
        .with("recorded", receipt.recorded().toString())
        .with("size", receipt.size());
  }
}
