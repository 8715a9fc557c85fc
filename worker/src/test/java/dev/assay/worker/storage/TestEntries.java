package dev.assay.worker.storage;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;

/** Ledger entries for tests. */
final class TestEntries {
  private TestEntries() {}

  static void append(Ledger ledger, String key) {
    ledger.append(
        new NewEntry(
            key,
            EntryKind.VALIDATION_ABANDONED,
            "assay/test",
            key,
            "ABANDONED",
            Instant.EPOCH,
            new Correlation("", "", ""),
            JsonObject.EMPTY.with("reason", "test")));
  }
}
