package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.model.digest.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BatchPlanTest {
  /** A model: the first content under a key wins; each other content is reported once. */
  @Property(tries = 500)
  void plan_anyBatch_recordsEachKeyOnceAndEachConflictOnce(
      @ForAll @Size(max = 30) List<@IntRange(max = 11) Integer> offers,
      @ForAll @Size(max = 4) List<@IntRange(max = 11) Integer> onRecord) {
    Map<String, Known> known = new HashMap<>();
    Map<String, String> model = new HashMap<>();
    for (int offer : onRecord) {
      EntryBytes entry = entry(offer);
      if (model.putIfAbsent(entry.entry().key(), entry.entry().outcome()) == null) {
        known.put(entry.entry().key(), new Known(receipt(known.size()), entry.contentDigest()));
      }
    }
    List<EntryBytes> batch = offers.stream().map(BatchPlanTest::entry).toList();
    BatchPlan plan = new BatchPlan("main", batch, known);
    plan.addConflictReports(Map.of());

    HashSet<String> conflicts = new HashSet<>();
    List<Boolean> recorded = new ArrayList<>();
    for (EntryBytes entry : batch) {
      model.putIfAbsent(entry.entry().key(), entry.entry().outcome());
      boolean same = model.get(entry.entry().key()).equals(entry.entry().outcome());
      recorded.add(same);
      if (!same) {
        conflicts.add(entry.entry().key() + entry.entry().outcome());
      }
    }
    List<String> keys = plan.fresh().stream().map(e -> e.entry().key()).toList();
    assertThat(keys).doesNotHaveDuplicates().noneMatch(known::containsKey);
    assertThat(keys.stream().filter(key -> key.startsWith("conflict/"))).hasSameSizeAs(conflicts);
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      receipts.add(receipt(1000 + i));
    }
    assertThat(
            plan.outcomes(receipts).stream().map(o -> o instanceof AppendOutcome.Recorded).toList())
        .isEqualTo(recorded);
  }

  /** Four keys with three contents each. */
  private static EntryBytes entry(int offer) {
    return new EntryBytes(
        "main", Entries.keyed("k" + offer % 4).withOutcome("o" + offer / 4).build());
  }

  private static Receipt receipt(long index) {
    return new Receipt(index, Sha256.of(), index + 1, Instant.EPOCH);
  }
}
