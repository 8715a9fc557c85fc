package dev.assay.ledger.append;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which entries of a batch are new, which are on record, and which contradict what is on
 * record. Pure. New entries get their places in the order they came; entries about conflicts follow
 * them.
 */
final class BatchPlan {
  /** An entry of the batch whose key is taken by other content. */
  private record Conflict(int position, EntryBytes offered, EntryBytes report) {}

  private final String ledger;
  private final List<EntryBytes> batch;
  private final Map<String, Known> known;

  private final List<EntryBytes> fresh = new ArrayList<>();

  /** Place in {@link #fresh} of each key that is new. */
  private final Map<String, Integer> freshByKey = new HashMap<>();

  private final List<Conflict> conflicts = new ArrayList<>();

  /**
   * Plans.
   *
   * @param known what the table holds under the batch's keys
   */
  BatchPlan(String ledger, List<EntryBytes> batch, Map<String, Known> known) {
    this.ledger = ledger;
    this.batch = batch;
    this.known = new HashMap<>(known);
    for (int position = 0; position < batch.size(); position++) {
      place(position, batch.get(position));
    }
  }

  private void place(int position, EntryBytes offered) {
    String key = offered.entry().key();
    Known recorded = known.get(key);
    Integer earlier = freshByKey.get(key);
    if (recorded == null && earlier == null) {
      freshByKey.put(key, fresh.size());
      fresh.add(offered);
      return;
    }
    if (!recordedDigest(key).equals(offered.contentDigest())) {
      conflicts.add(new Conflict(position, offered, report(offered)));
    }
  }

  /** Keys of the entries that report conflicts; they may be on record from an earlier try. */
  List<String> conflictKeys() {
    return conflicts.stream().map(conflict -> conflict.report().entry().key()).distinct().toList();
  }

  /** Adds the entries about conflicts, but those that {@code recorded} has. */
  void addConflictReports(Map<String, Known> recorded) {
    for (Conflict conflict : conflicts) {
      String key = conflict.report().entry().key();
      if (!recorded.containsKey(key) && freshByKey.putIfAbsent(key, fresh.size()) == null) {
        fresh.add(conflict.report());
      }
    }
  }

  /** What to insert, in order. */
  List<EntryBytes> fresh() {
    return fresh;
  }

  /** What to tell the callers, in the order of the batch, once the fresh entries have receipts. */
  List<AppendOutcome> outcomes(List<Receipt> receipts) {
    Map<Integer, EntryBytes> conflicted = new HashMap<>();
    conflicts.forEach(conflict -> conflicted.put(conflict.position(), conflict.offered()));
    List<AppendOutcome> outcomes = new ArrayList<>(batch.size());
    for (int position = 0; position < batch.size(); position++) {
      String key = batch.get(position).entry().key();
      Receipt receipt = receiptOf(key, receipts);
      outcomes.add(
          conflicted.containsKey(position)
              ? new AppendOutcome.Conflicted(exception(key, receipt, batch.get(position)))
              : new AppendOutcome.Recorded(receipt));
    }
    return outcomes;
  }

  private Receipt receiptOf(String key, List<Receipt> receipts) {
    Known recorded = known.get(key);
    return recorded != null
        ? recorded.receipt()
        : receipts.get(freshByKey.getOrDefault(key, receipts.size()));
  }

  private IdempotencyConflictException exception(String key, Receipt receipt, EntryBytes offered) {
    return new IdempotencyConflictException(
        key, receipt.index(), recordedDigest(key), offered.contentDigest());
  }

  private Sha256 recordedDigest(String key) {
    Known recorded = known.get(key);
    return recorded != null
        ? recorded.contentDigest()
        : fresh.get(freshByKey.getOrDefault(key, fresh.size())).contentDigest();
  }

  private EntryBytes report(EntryBytes offered) {
    NewEntry entry = offered.entry();
    String digest = offered.contentDigest().hex();
    JsonObject payload =
        JsonObject.EMPTY
            .with("contentDigest", digest)
            .with("key", entry.key())
            .with("kind", entry.kind())
            .with("recordedDigest", recordedDigest(entry.key()).hex());
    return new EntryBytes(
        ledger,
        new NewEntry(
            "conflict/" + entry.key() + "/" + digest,
            EntryKind.APPEND_CONFLICT,
            entry.actor(),
            entry.subject(),
            "refused",
            entry.occurred(),
            entry.correlation(),
            payload));
  }
}
