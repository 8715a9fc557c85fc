package dev.assay.benchmarks.corpus;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Instant;

/** Entries of the size that a verdict has. */
public final class LedgerEntries {
  /** Fills an entry up to 300 bytes as docs/formats/ledger.md encodes it. */
  private static final String FILL = "x".repeat(87);

  private LedgerEntries() {}

  /** The verdict on a made-up run; equal numbers give equal entries. */
  public static NewEntry verdict(int number) {
    String key = "validate/measure#1/verdict/%08d".formatted(number);
    return new NewEntry(
        key,
        EntryKind.RUN_VERDICT,
        "worker-1",
        "mlflow/sk-wine/" + key,
        "PASS",
        Instant.EPOCH,
        new Correlation("validate/measure#1", "", "judge"),
        JsonObject.EMPTY.with("fill", FILL));
  }
}
